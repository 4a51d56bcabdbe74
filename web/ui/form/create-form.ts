import { createSignal, type Signal } from 'solid-js'

/** Code of the fault of each field that has one. */
export type Faults<V> = Partial<Record<keyof V & string, string>>

export interface FormOptions<V extends object> {
  initial: V
  /** What is wrong with the values, by field. May come later than the form: until then only the server checks. */
  check?: (values: V) => Faults<V>
  /** Sends the values. What it throws becomes `problem`, and its faults those of the fields. */
  send: (values: V) => Promise<void>
}

/** What a failed `send` may carry. */
interface Failure {
  faultOf?: (field: string) => string | undefined
}

/**
 * The state of a form: a fault shows when its field was left or sending was tried, and goes as soon as it is mended. The
 * server's faults stand beside those found here, until their field changes.
 */
export function createForm<V extends object>(options: FormOptions<V>) {
  type Field = keyof V & string
  // A signal for each field: a store would do the same and weigh 2 kB.
  const fields = Object.keys(options.initial) as Field[]
  const signals = new Map<Field, Signal<unknown>>()
  for (const field of fields) {
    const [get, put] = createSignal<unknown>(options.initial[field])
    // oxlint-disable-next-line solid/reactivity -- kept for later, not read
    signals.set(field, [get, put])
  }
  const values = Object.defineProperties(
    {},
    Object.fromEntries([...signals].map(([field, [get]]) => [field, { get, enumerable: true }])),
  ) as Readonly<V>
  const [left, setLeft] = createSignal<ReadonlySet<Field>>(new Set())
  const [refused, setRefused] = createSignal<Readonly<Record<string, string | undefined>>>({})
  const [wasTried, setTried] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<unknown>(null)

  const faults = () => options.check?.(values) ?? {}

  function set<F extends Field>(field: F, value: V[F]): void {
    signals.get(field)?.[1](() => value)
    if (refused()[field]) setRefused({ ...refused(), [field]: undefined })
  }

  function leave(field: Field): void {
    setLeft(new Set([...left(), field]))
  }

  /** The fault to show beside a field. */
  function faultOf(field: Field): string | undefined {
    const found: Record<string, string | undefined> = wasTried() || left().has(field) ? faults() : {}
    return refused()[field] ?? found[field]
  }

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (isBusy()) return
    setTried(true)
    setProblem(null)
    if (Object.keys(faults()).length > 0) return focusFirstFault(form)
    setBusy(true)
    try {
      await options.send({ ...values })
    } catch (thrown) {
      setProblem(() => thrown)
      const { faultOf: theirs } = thrown as Failure
      setRefused(Object.fromEntries(fields.map((field) => [field, theirs?.call(thrown, field)])))
      focusFirstFault(form)
    } finally {
      setBusy(false)
    }
  }

  return { values, set, leave, faultOf, faults, submit, isBusy, problem, setProblem }
}

/** The first thing to mend gets the focus, once its mark is there. */
function focusFirstFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
