import type { Person } from '../cast.ts'
import type { Asker, InboxFrameRow } from '../table.ts'
import type { Thing } from '../things.ts'

/** Without a good ticket nobody has an Inbox. */
const shutOut = { anonymous: 4401, invented: 4401, signedOut: 4401, suspended: 4403 } as const
const member = { ...shutOut, others: 'not-found' } as const

const inRoom =
  (fields: object = {}) =>
  ({ room }: Thing) => ({ room, ...fields })
const ofMessage =
  (fields: object = {}) =>
  ({ room, message }: Thing) => ({ room, message, ...fields })
const ticketOf =
  (person: Person) =>
  async (_: Thing, { cast }: Asker) => ({ ticket: await cast.ticket(person) })

/** Every frame of one's own socket. The seller and the bidder are in the rooms; what they are there, the room looks up. */
export const inboxFrameRows: InboxFrameRow[] = [
  { frame: 'hello', of: 'directRoom', answers: { ...shutOut, others: 'welcome' } },
  { frame: 'seen', of: 'directRoom', fields: () => ({ seq: 1 }), answers: { ...shutOut, others: 'nothing' } },
  { frame: 'clock', of: 'directRoom', fields: () => ({ sentAt: 1 }), answers: { ...shutOut, others: 'clock' } },

  // Whose socket it is never changes.
  {
    frame: 'renew',
    of: 'directRoom',
    when: 'with a ticket of the stranger',
    fields: ticketOf('stranger'),
    answers: { ...shutOut, stranger: 'done', others: 'sign-in-over' },
  },
  {
    frame: 'renew',
    of: 'directRoom',
    when: 'with an invented ticket',
    fields: ticketOf('invented'),
    answers: { ...shutOut, others: 'sign-in-over' },
  },
  {
    frame: 'renew',
    of: 'directRoom',
    when: 'with a ticket of an ended sign-in',
    fields: ticketOf('signedOut'),
    answers: { ...shutOut, others: 'sign-in-over' },
  },

  {
    frame: 'send-message',
    of: 'directRoom',
    spends: true,
    fields: inRoom({ text: '언제 볼까요?' }),
    answers: { ...member, seller: 'message-sent', bidder: 'message-sent' },
  },
  {
    frame: 'send-message',
    of: 'request',
    spends: true,
    fields: inRoom({ text: '언제 볼까요?' }),
    answers: { ...member, seller: 'message-sent', bidder: 'answer-first' },
  },
  {
    frame: 'edit-message',
    of: 'directRoom',
    spends: true,
    fields: ofMessage({ text: '안녕하세요!' }),
    answers: { ...member, seller: 'done', bidder: 'forbidden' },
  },
  {
    frame: 'delete-message',
    of: 'directRoom',
    spends: true,
    fields: ofMessage(),
    answers: { ...member, seller: 'done', bidder: 'forbidden' },
  },
  {
    frame: 'mark-read',
    of: 'directRoom',
    spends: true,
    fields: inRoom({ roomSeq: 1 }),
    answers: { ...member, seller: 'done', bidder: 'done' },
  },
  // Nobody is told whether there is such a room.
  { frame: 'typing', of: 'directRoom', fields: inRoom(), answers: { ...shutOut, others: 'nothing' } },
]
