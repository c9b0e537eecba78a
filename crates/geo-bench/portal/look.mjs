// Runs in the page between two moves, as somebody who looks where to press next: what the map shows, and where.
// Given to `evaluate` as it stands, so it names nothing outside itself.
export async function look() {
  const ground = document.querySelector(".map-ground");
  const box = ground.getBoundingClientRect();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  const on = ({ x, y }) => document.elementFromPoint(x, y);
  // A browser lends a finger what stands a few pixels beside it. Where marks stand in rows there is only the gap between.
  const reach = [[0, 0], [-16, -16], [16, -16], [-16, 16], [16, 16]];
  const isFree = ({ x, y }, around) => around.every(([across, down]) => {
    const found = on({ x: x + across, y: y + down });
    return found !== null && ground.contains(found) && !found.closest("button, a");
  });
  const marks = [...ground.querySelectorAll(".pin, .cluster")].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const size = Number(element.dataset.size ?? 0);
    return { element, size, x: x + width / 2, y: y + height / 2, cluster: element.classList.contains("cluster") };
  });
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  const moves = marks.some(({ element, x, y }) => {
    const now = element.getBoundingClientRect();
    return Math.hypot(now.x + now.width / 2 - x, now.y + now.height / 2 - y) > 1;
  });
  const edge = 24;
  const seen = marks
    .filter(({ x, y }) => x > box.left + edge && x < box.right - edge && y > box.top + edge && y < box.bottom - edge)
    // Where most are, as people do: amid two that are far apart there is nothing.
    .sort((a, b) => b.size - a.size || apart(a, middle) - apart(b, middle));
  const place = (mark) => mark && { x: mark.x, y: mark.y };
  const beside = (mark, around) => {
    for (let away = 30; away < 200; away += 8) {
      for (let turn = 0; turn < 12; turn += 1) {
        const at = { x: mark.x + away * Math.cos((turn * Math.PI) / 6), y: mark.y + away * Math.sin((turn * Math.PI) / 6) };
        if (isFree(at, around)) return at;
      }
    }
    return null;
  };
  return {
    /** It still moves, or what was asked for has not come yet and may lie under the finger when it comes. */
    waiting: moves || document.querySelector('.home-list[aria-busy="true"]') !== null,
    things: marks.length,
    nodes: ground.querySelectorAll("*").length,
    middle,
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    /** What stands for most, then what is nearest to the middle, and a place beside it where nothing is to press. */
    mark: place(seen[0]),
    free: beside(seen[0] ?? middle, reach) ?? beside(seen[0] ?? middle, reach.slice(0, 1)),
    cluster: place(seen.find((mark) => mark.cluster && on(mark)?.closest(".cluster") === mark.element)),
  };
}
