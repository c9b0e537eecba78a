// What a hand does to a page: a finger on the phone, a mouse and its wheel on the desktop.
//
// Events are sent at the pace of a screen and not one after the answer to another: a finger does not wait for a page
// that is busy.

/** Milliseconds between two events of a move: 60 a second. */
const PACE = 16;
/** How a wheel turns, in pixels: a little, as a touchpad does, and a notch. */
export const WHEEL = { little: 60, notch: 120 };

export const rest = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export class Hand {
  #cdp;
  #finger;
  #sent = [];

  /** @param cdp a session of the page; `finger` where it has a touch screen. */
  constructor(cdp, finger) {
    this.#cdp = cdp;
    this.#finger = finger;
  }

  /** Waits until the page has taken everything in. */
  async #taken() {
    await Promise.all(this.#sent);
    this.#sent = [];
  }

  #touch(type, ...points) {
    const touchPoints = points.map(({ x, y }, id) => ({ x, y, id, radiusX: 4, radiusY: 4, force: 1 }));
    this.#sent.push(this.#cdp.send("Input.dispatchTouchEvent", { type, touchPoints }));
  }

  #mouse(type, { x, y }, more = {}) {
    this.#sent.push(this.#cdp.send("Input.dispatchMouseEvent", { type, x, y, ...more }));
  }

  /** A drag in so many milliseconds; it ends in a fling unless the hand rests before it lets go. */
  async drag(from, to, { ms = 160, fling = true } = {}) {
    const held = { button: "left", buttons: 1 };
    const steps = Math.round(ms / PACE);
    if (this.#finger) this.#touch("touchStart", from);
    else {
      this.#mouse("mouseMoved", from);
      this.#mouse("mousePressed", from, { ...held, clickCount: 1 });
    }
    for (let step = 1; step <= steps; step += 1) {
      await rest(PACE);
      const at = { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps };
      if (this.#finger) this.#touch("touchMove", at);
      else this.#mouse("mouseMoved", at, held);
    }
    if (!fling) await rest(250);
    if (this.#finger) this.#touch("touchEnd");
    else this.#mouse("mouseReleased", to, { button: "left", clickCount: 1 });
    await this.#taken();
  }

  /** A tap or a click; `count` 2 is a double one. */
  async press(at, count = 1) {
    if (!this.#finger) this.#mouse("mouseMoved", at);
    for (let time = 1; time <= count; time += 1) {
      if (this.#finger) this.#touch("touchStart", at);
      else this.#mouse("mousePressed", at, { button: "left", buttons: 1, clickCount: time });
      await rest(40);
      if (this.#finger) this.#touch("touchEnd");
      else this.#mouse("mouseReleased", at, { button: "left", clickCount: time });
      await rest(60);
    }
    await this.#taken();
  }

  /** Two fingers that move apart by this factor, or together where it is below one. */
  async pinch(at, factor) {
    const [near, far, steps] = [40, 40 * Math.max(factor, 1 / factor), 14];
    const [begin, end] = factor > 1 ? [near, far] : [far, near];
    const fingers = (half) => [{ x: at.x - half, y: at.y }, { x: at.x + half, y: at.y }];
    this.#touch("touchStart", ...fingers(begin));
    for (let step = 1; step <= steps; step += 1) {
      await rest(PACE);
      this.#touch("touchMove", ...fingers(begin + ((end - begin) * step) / steps));
    }
    this.#touch("touchEnd");
    await this.#taken();
  }

  /** Turns the wheel: towards the screen, which zooms in, where `pixels` is positive. */
  async wheel(at, pixels) {
    this.#mouse("mouseMoved", at);
    this.#mouse("mouseWheel", at, { deltaX: 0, deltaY: -pixels });
    await this.#taken();
  }

  async key(key, code, text) {
    for (const type of ["keyDown", "keyUp"]) {
      this.#sent.push(this.#cdp.send("Input.dispatchKeyEvent", { type, key, code, text: type === "keyDown" ? text : undefined, windowsVirtualKeyCode: text.toUpperCase().charCodeAt(0) }));
      await rest(40);
    }
    await this.#taken();
  }
}
