import { session } from '../../../api/session.ts'

/** What was typed and not sent, per room: kept for this tab, so that leaving half-way loses nothing. */
export function keepDraft(room: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(nameOf(room))
    else sessionStorage.setItem(nameOf(room), text)
  } catch {
    // Shut storage: the draft lives as long as the room is open.
  }
}

export function draftOf(room: string): string {
  try {
    return sessionStorage.getItem(nameOf(room)) ?? ''
  } catch {
    return ''
  }
}

/** Another account in the same tab has drafts of its own. */
function nameOf(room: string): string {
  return `draft.${session.account()?.handle}.${room}`
}
