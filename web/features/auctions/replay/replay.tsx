import { createMemo, createSignal, onMount, Show } from 'solid-js'
import { answer } from '../../../api/call.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { session } from '../../../api/session.ts'
import { useTexts } from '../../../i18n/i18n.ts'
import { useProblemWords } from '../../../i18n/problem-words.ts'
import { Button } from '../../../ui/button/button.tsx'
import { ProblemNote } from '../../../ui/problem-note/problem-note.tsx'
import { Controls } from './controls.tsx'
import { gatherRecording } from './gather.ts'
import { createPlayer } from './player.ts'
import { PriceCurve } from './price-curve.tsx'
import { curveOf, type Recording, sceneAt } from './recording.ts'
import { Happening, Standing } from './scene.tsx'

/** Plays a finished auction again: price, clock, bids and chat in step. `mine` is the reader's own number. */
export function Replay(props: { auction: string; mine: number | null }) {
  const t = useTexts('replay')
  const words = useProblemWords()
  const [recording, setRecording] = createSignal<Recording | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)

  async function gather(): Promise<void> {
    setProblem(null)
    try {
      await session.settled
      setRecording(await gatherRecording((path) => answer(session.call.fetch(path)), props.auction))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  onMount(() => void gather())

  return (
    <Show
      when={recording()}
      fallback={
        <Show when={problem()} fallback={<p class="text-ink-soft">{t.gathering}</p>}>
          {(failed) => (
            <ProblemNote
              {...words(failed())}
              title={t.failed}
              action={<Button onClick={() => void gather()}>{t.again}</Button>}
            />
          )}
        </Show>
      }
    >
      {(made) => <Stage recording={made()} mine={props.mine} />}
    </Show>
  )
}

function Stage(props: { recording: Recording; mine: number | null }) {
  const t = useTexts('replay')
  // One recording for the life of the stage.
  // oxlint-disable-next-line solid/reactivity
  const { recording } = props
  const player = createPlayer(recording)
  const curve = curveOf(recording)
  const scene = createMemo(() => sceneAt(recording, player.at()))
  const share = () => (player.at() - recording.from) / Math.max(1, recording.to - recording.from)
  onMount(player.play)
  return (
    <div class="enter-up grid gap-4">
      <Standing scene={scene()} at={player.at()} mine={props.mine} />
      <figure class="grid gap-1">
        <PriceCurve curve={curve} share={share()} />
        <figcaption class="text-caption text-ink-faint">{t.curve}</figcaption>
      </figure>
      <Controls player={player} recording={recording} />
      <Happening scene={scene()} mine={props.mine} />
    </div>
  )
}
