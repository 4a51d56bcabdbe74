import { createSignal } from 'solid-js'

export interface Toast {
  /** What it is about, before the text. */
  title?: string
  text: string
  /** Where the words lead: a path of this site. Nothing is lost when it goes, so it goes like any other. */
  href?: string
  /** When one follows the words there. */
  onFollow?: () => void
  tone?: 'leaf' | 'brick' | 'sky'
  action?: { label: string; run: () => void }
}

export interface ShownToast extends Toast {
  id: number
}

const [toasts, setToasts] = createSignal<readonly ShownToast[]>([])
let nextId = 1

/** How long a toast stays; one with an action stays until it is dismissed, since time to act must not run out. */
const stayMs = 6_000

/** Reactive; `Toasts` shows them. */
export { toasts }

/** Tells what just happened, without taking the place of a message beside its control. In browsers only. Returns how to take it back. */
export function showToast(toast: Toast): () => void {
  const id = nextId++
  const dismiss = () => dismissToast(id)
  setToasts((all) => [...all.slice(-2), { ...toast, id }])
  if (!toast.action) setTimeout(dismiss, stayMs)
  return dismiss
}

export function dismissToast(id: number): void {
  setToasts((all) => all.filter((one) => one.id !== id))
}
