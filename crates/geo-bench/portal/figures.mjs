// What a visit noted, as figures. Times in milliseconds.

/** A picture of a screen with 60 a second. */
const FRAME = 1000 / 60;
/** The browser tells of no press that took less. */
const SHORTEST = 16;

export function figures({ noted, moves, looks, most, usable, still, opening, moving }) {
  const here = ({ from, to }) => ({ from: from - noted.origin, to: to - noted.origin });
  const during = moves.map((move) => ({ kind: move.kind, ...here(move) }));
  const own = looks.map(here);
  const begun = usable.at - noted.origin;
  const kindAt = (time) => during.find(({ from, to }) => time >= from && time < to)?.kind ?? "between moves";
  const meets = ({ startTime, duration }) => own.some(({ from, to }) => startTime < to && startTime + duration > from);
  const [loading, tasks] = [noted.tasks.filter((task) => task.startTime < begun), noted.tasks.filter((task) => task.startTime >= here(still).to && !meets(task))];
  const longest = (all) => all.reduce((most, { duration }) => Math.max(most, duration), 0);

  const presses = new Map();
  for (const press of noted.presses.filter(({ startTime }) => startTime >= begun)) {
    const before = presses.get(press.interactionId);
    if (!before || press.duration > before.duration) presses.set(press.interactionId, press);
  }
  const durations = [...presses.values()].map(({ duration }) => duration).sort((a, b) => b - a);
  // Of fifty presses the second worst counts, of fewer the worst: as the measure is defined.
  const inp = durations[Math.min(Math.floor(noted.interactions / 50), durations.length - 1)] ?? SHORTEST;

  return {
    usable: usable.ms,
    loading: longest(loading),
    longest: longest(tasks),
    tasks: tasks.length,
    inp,
    press: durations[0] ?? SHORTEST,
    interactions: noted.interactions,
    ...frames(noted.frames, during),
    resting: frames(noted.frames, [here(still)]).lost,
    opening, moving, wasm: noted.wasm, ...most,
    kinds: tasks.map(({ startTime, duration }) => ({ kind: kindAt(startTime), duration })),
    presses: [...presses.values()].sort((a, b) => b.duration - a.duration).slice(0, 3)
      .map((press) => ({ ...press, kind: kindAt(press.startTime) })),
    slow: noted.slow.filter((one) => one.startTime >= here(still).to && !meets(one)).map((one) => ({ ...one, kind: kindAt(one.startTime) })),
  };
}

/** How many pictures were not drawn in some spans of time, per hundred; and the longest wait for one. */
function frames(times, spans) {
  let [drawn, lost, wait] = [0, 0, 0];
  for (const { from, to } of spans) {
    const inside = times.filter((time) => time >= from && time <= to);
    for (let at = 1; at < inside.length; at += 1) {
      const gap = inside[at] - inside[at - 1];
      drawn += 1;
      lost += Math.max(0, Math.round(gap / FRAME) - 1);
      wait = Math.max(wait, gap);
    }
  }
  return { lost: (100 * lost) / Math.max(drawn + lost, 1), wait };
}
