import { Show } from 'solid-js'
import type { RoomRow } from '../../../worker/contract/chat.ts'
import { Avatar } from '../../ui/avatar/avatar.tsx'
import { Picture } from '../../ui/picture/picture.tsx'
import { PrivatePicture } from './pictures.tsx'

/** A room's face: its own picture, the thing a deal is about, the other person, or the first two of a group. Decoration. */
export function RoomAvatar(props: { row: Pick<RoomRow, 'id' | 'kind' | 'picture' | 'members' | 'deal'> }) {
  const first = () => props.row.members[0]
  const second = () => (props.row.kind === 'group' ? props.row.members[1] : undefined)
  return (
    <span aria-hidden="true" class="relative grid size-12 shrink-0 place-items-center">
      <Show
        when={props.row.picture}
        fallback={
          <Show
            when={props.row.deal?.cover}
            fallback={
              <Show when={second()} fallback={<One person={first()} id={props.row.id} />}>
                {(other) => (
                  <>
                    <Avatar {...faceOf(first(), props.row.id)} size="small" class="absolute start-0 top-0" />
                    <Avatar
                      {...faceOf(other(), props.row.id)}
                      size="small"
                      class="absolute end-0 bottom-0 ring-2 ring-paper"
                    />
                  </>
                )}
              </Show>
            }
          >
            {(cover) => (
              <>
                <span class="size-12 overflow-hidden rounded-control">
                  <Picture view={cover()} sizes="3rem" alt="" />
                </span>
                <Avatar
                  {...faceOf(first(), props.row.id)}
                  size="small"
                  class="absolute -end-1 -bottom-1 size-6! ring-2 ring-paper"
                />
              </>
            )}
          </Show>
        }
      >
        {(picture) => (
          <span class="size-12 overflow-hidden rounded-full">
            <PrivatePicture view={picture()} width={160} alt="" />
          </span>
        )}
      </Show>
    </span>
  )
}

type Person = RoomRow['members'][number] | undefined

function One(props: { person: Person; id: string }) {
  return <Avatar {...faceOf(props.person, props.id)} class="size-12!" />
}

function faceOf(person: Person, id: string) {
  return { name: person?.name ?? '·', handle: person?.handle ?? id, picture: person?.picture ?? null }
}
