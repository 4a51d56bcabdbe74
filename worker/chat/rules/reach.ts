/** How somebody stands with one to whom they want to come first, with a message or an invitation. */
export interface Reach {
  messagesFrom: 'everyone' | 'followed' | 'nobody'
  /** The one who would get it follows the one who comes. */
  follows: boolean
  isBlocked: boolean
}

/**
 * `open`: it arrives as with people who know each other. `asking`: it waits in their requests. `closed`: they take nothing like
 * that. `unknown`: a block either way, which looks as if there were nobody.
 */
export type Way = 'open' | 'asking' | 'closed' | 'unknown'

export function wayTo(reach: Reach | undefined): Way {
  if (!reach || reach.isBlocked) return 'unknown'
  if (reach.messagesFrom === 'nobody') return 'closed'
  if (reach.follows) return 'open'
  return reach.messagesFrom === 'followed' ? 'closed' : 'asking'
}
