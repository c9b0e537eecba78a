// Runs in the page before anything else: notes what the browser itself tells of tasks, presses, pictures and memory.
// Given to `addInitScript` as it stands, so it names nothing outside itself.
export function witness() {
  const noted = { tasks: [], slow: [], presses: [], frames: [] };
  const watch = (options, note) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ buffered: true, ...options });
    return () => observer.takeRecords().forEach(note);
  };
  const script = ({ invoker, invokerType, sourceFunctionName, sourceURL, duration, forcedStyleAndLayoutDuration }) =>
    ({ invoker, invokerType, sourceFunctionName, sourceURL, duration, forcedStyleAndLayoutDuration });
  const ends = [
    watch({ type: "longtask" }, ({ startTime, duration }) => noted.tasks.push({ startTime, duration })),
    watch({ type: "long-animation-frame" }, ({ startTime, duration, renderStart, styleAndLayoutStart, scripts }) =>
      noted.slow.push({ startTime, duration, renderStart, styleAndLayoutStart, scripts: scripts.map(script) })),
    // 16 ms is the shortest the browser tells of.
    watch({ type: "event", durationThreshold: 16 }, (entry) => {
      if (!entry.interactionId) return;
      const { name, interactionId, startTime, duration, processingStart, processingEnd, target } = entry;
      noted.presses.push({ name, interactionId, startTime, duration, processingStart, processingEnd, target: target?.className?.toString() || target?.nodeName });
    }),
  ];
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await real.apply(WebAssembly, given);
      for (const one of Object.values((made.instance ?? made).exports)) {
        if (one instanceof WebAssembly.Memory) memories.add(one);
      }
      return made;
    };
  }
  const frame = (time) => {
    noted.frames.push(time);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.witness = () => {
    ends.forEach((end) => end());
    const wasm = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    return { ...noted, wasm, interactions: performance.interactionCount, origin: performance.timeOrigin };
  };
}
