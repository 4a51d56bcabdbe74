import type { RoomView } from '../../../worker/contract/chat.ts'
import type { Memory } from './memory.ts'
import type { Person } from './client.ts'

/** A conversation of the demo. The others accept where they are asked; `waits` leaves it among the requests. */
export interface DemoRoom {
  key: string
  opener: string
  others: string[]
  name?: string
  waits?: true
  says: [who: string, text: string][]
}

export const rooms: DemoRoom[] = [
  {
    key: 'camera',
    opener: 'gyul_minji',
    others: ['jeju.attic'],
    says: [
      ['gyul_minji', '안녕하세요! 필름 카메라 보고 연락드려요. 노출계는 잘 맞나요?'],
      ['jeju.attic', '안녕하세요 :)'],
      ['jeju.attic', '네, 지난주에 한 롤 감아서 확인했어요. 반 스톱쯤 밝게 나오는 편이에요.'],
      ['gyul_minji', '오, 좋아요. 주말에 제주에 가는데 직거래도 괜찮으세요?'],
      ['jeju.attic', '그럼요! 토요일 오후 세 시, 올레시장 입구는 어떠세요?\n근처에 주차장도 있어요.'],
      ['gyul_minji', '좋아요. 그때 봬요!'],
    ],
  },
  {
    key: 'flea-market',
    opener: 'gyul_minji',
    others: ['tea.after.four', 'dodam_mom', 'lamp_hyun'],
    name: '제주 플리마켓 준비방',
    says: [
      ['gyul_minji', '이번 토요일 자리를 정해 볼까요?'],
      ['tea.after.four', '저는 그늘이면 좋겠어요. 찻잔이 햇빛에 바래서요.'],
      ['tea.after.four', '오후 네 시 전에는 도착할게요'],
      ['dodam_mom', '저희는 아이들이 있어서 입구 근처가 편해요!'],
      ['lamp_hyun', '조명은 제가 챙겨 갈게요. 어두워지면 다 같이 켜요.'],
    ],
  },
  {
    key: 'chair',
    opener: 'seochon_wood',
    others: ['gyul_minji'],
    waits: true,
    says: [['seochon_wood', '찜하신 의자 보고 연락드려요. 다리를 새로 깎아 둔 것도 있는데 보여 드릴까요?']],
  },
]

/** Opens a room and says in it what was said, in that order. */
export async function tellRoom(memory: Memory, people: ReadonlyMap<string, Person>, room: DemoRoom): Promise<void> {
  if (memory.rooms[room.key]) return
  const { key, opener, others, name, says } = room
  const { id } = await people.get(opener)!.ask<RoomView>('POST', '/api/chats/rooms', {
    body: { handles: others, ...(name === undefined ? {} : { name }) },
  })
  memory.rooms[key] = id
  await memory.keep()
  const say = ([who, text]: DemoRoom['says'][number]) =>
    people.get(who)!.ask('POST', `/api/chats/rooms/${id}/messages`, { body: { text } })
  const [first, ...rest] = says
  if (first) await say(first)
  if (!room.waits) for (const one of others) await acceptIfAsked(people.get(one)!, id)
  for (const one of rest) await say(one)
}

async function acceptIfAsked(person: Person, id: string): Promise<void> {
  const { invited } = await person.ask<RoomView>('GET', `/api/chats/rooms/${id}`)
  if (invited) await person.ask('POST', `/api/chats/rooms/${id}/accept`)
}
