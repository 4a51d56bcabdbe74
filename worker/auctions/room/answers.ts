import { NewMessage } from '../../contract/auctions.ts'
import type { BidRefused, ServerFrame } from '../../contract/live.ts'
import { iso } from '../../contract/time.ts'
import type { Participant } from '../../accounts/api.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { AskedFrame } from '../audience/commands.ts'
import type { BidOutcome } from '../commands.ts'
import type { Offer } from './bids.ts'
import { postMessage, removeMessage } from './chat.ts'
import type { LiveRoom } from './live-room.ts'

type Frame<T extends AskedFrame['type']> = Extract<AskedFrame, { type: T }>

/** Does what one frame asks and gives its one answer. It arrives now, whether its socket is the room's or a shard's. */
export function answerTo(
  room: LiveRoom,
  who: Participant | null,
  frame: AskedFrame,
): ServerFrame | Promise<ServerFrame> {
  const { ref } = frame
  if (frame.type === 'clock') return { type: 'clock', ref, sentAt: frame.sentAt, serverAt: iso(room.look()) }
  if (!who) return { type: 'problem', ref, code: 'not-signed-in' }
  switch (frame.type) {
    case 'place-bid': {
      const { type: op, ref, key, ...bid } = frame
      return offer(room, who, { ref, key, offer: { op, ...bid } })
    }
    case 'buy-now': {
      const { price, termsHash } = frame
      return offer(room, who, { ref, key: frame.key, offer: { op: 'buy-now', price, termsHash } })
    }
    case 'send-message':
      return write(room, who, frame)
    case 'delete-message':
      return erase(room, who, frame)
  }
}

interface Offered {
  ref: string
  key: string
  offer: Offer
}

async function offer(room: LiveRoom, who: Participant, { ref, key, offer }: Offered): Promise<ServerFrame> {
  const outcome = await room.place({ who, key, offer, at: room.clock.now() })
  return outcome.ok ? { type: 'bid-accepted', ref, ...outcome.value } : refusedBid(ref, outcome)
}

function refusedBid(ref: string, { code, receipt, extra }: Exclude<BidOutcome, { ok: true }>): BidRefused {
  return { type: 'bid-refused', ref, receipt, code, ...extra }
}

function write(room: LiveRoom, who: Participant, { ref, key, text }: Frame<'send-message'>): ServerFrame {
  const parsed = NewMessage.safeParse({ text })
  if (!parsed.success) return { type: 'problem', ref, code: 'invalid-fields' }
  const outcome = room.change((at) => postMessage({ book: room.book, ids: room.ids, at }, who, key, parsed.data.text))
  return outcome.ok ? { type: 'message-sent', ref, message: outcome.value } : refused(ref, outcome)
}

/** A frame has no room for a reason, so staff comes by REST. */
function erase(room: LiveRoom, who: Participant, { ref, message: id }: Frame<'delete-message'>): ServerFrame {
  const wish = { id, isAudited: false }
  const outcome = room.change((at) => removeMessage({ book: room.book, ids: room.ids, at }, who, wish))
  return outcome.ok ? { type: 'done', ref } : refused(ref, outcome)
}

function refused(ref: string, { code, extra }: Exclude<Outcome<unknown>, { ok: true }>): ServerFrame {
  return { type: 'problem', ref, code, ...extra }
}
