/** What the script in `index.html` keeps: who holds forms back, and the one that was sent last. */
interface Held {
  hold: (event: SubmitEvent) => void
  form?: HTMLFormElement
}

/** Clicks and input that Solid's hydration script has kept, with the element that was to hear of them. */
interface Kept {
  events: [Element, Event][] | null
}

/** What was pressed and sent before the page was awake. */
export interface Early {
  buttons: readonly HTMLButtonElement[]
  form: HTMLFormElement | undefined
}

/**
 * Takes over what was pressed. Solid would hand it on itself, but by the way an event went, and that is forgotten as soon as the event
 * is over. Only buttons have waited: links, fields and what opens by itself have done their work without the page.
 */
export function takeEarly(): Early {
  const { early: held, _$HY: kept } = globalThis as unknown as { early: Held; _$HY?: Kept }
  removeEventListener('submit', held.hold)
  const events = kept?.events?.splice(0) ?? []
  const pressed = events.flatMap(([, { type, target }]) =>
    type === 'click' && target instanceof Element ? (target.closest('button') ?? []) : [],
  )
  // An impatient finger means it once.
  return { buttons: [...new Set(pressed)].filter(({ type }) => type === 'button'), form: held.form }
}

/** Does what was pressed, now that the page can. */
export function doEarly({ buttons, form }: Early): void {
  for (const button of buttons) button.click()
  if (form?.isConnected) form.requestSubmit()
}
