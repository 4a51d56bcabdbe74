const offsetName = 'clock-offset'

/** By the state of each object: base classes ask for it before classes derived from them have fields. */
const offsets = new WeakMap<DurableObjectState, number>()

/** How far the clock of an object was set off. Kept with its data, so that a restart does not move time back. */
export function clockOffsetOf(ctx: DurableObjectState): number {
  const known = offsets.get(ctx)
  if (known !== undefined) return known
  const stored = ctx.storage.kv.get<number>(offsetName) ?? 0
  offsets.set(ctx, stored)
  return stored
}

/** From now on the object's clock shows the machine's time plus so many milliseconds. */
export function setClockOffsetOf(ctx: DurableObjectState, offsetMs: number): void {
  ctx.storage.kv.put(offsetName, offsetMs)
  offsets.set(ctx, offsetMs)
}
