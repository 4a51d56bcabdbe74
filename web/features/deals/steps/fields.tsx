import { Match, Show, Switch } from 'solid-js'
import { type DealStep, disputeTypes, type Method, methods, remedies } from '../../../../worker/contract/deal-steps.ts'
import { deals as limits } from '../../../../worker/contract/limits.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { SelectField } from '../../../ui/field/select-field.tsx'
import { TextAreaField, TextField } from '../../../ui/field/text-field.tsx'
import { useDeal } from '../deal.ts'
import { toSeoul } from '../../../i18n/seoul.ts'
import { isParcel } from '../standing.ts'
import type { Fault, Values } from './values.ts'

export interface StepFieldsProps {
  step: DealStep
  values: Readonly<Values>
  set: <F extends keyof Values>(field: F, value: Values[F]) => void
  faultOf: (field: keyof Values) => Fault | undefined
}

/** What a step asks for. */
export function StepFields(props: StepFieldsProps) {
  return (
    <Switch>
      <Match when={props.step === 'propose-appointment'}>
        <Appointment {...props} />
      </Match>
      <Match when={props.step === 'hand-over'}>
        <HandOver {...props} />
      </Match>
      <Match when={props.step === 'propose-cancel' || props.step === 'refuse'}>
        <Text {...props} kind="reason" />
      </Match>
      <Match when={props.step === 'report-no-show'}>
        <Text {...props} kind="note" />
      </Match>
      <Match when={props.step === 'add-evidence'}>
        <Text {...props} kind="text" />
      </Match>
      <Match when={props.step === 'answer-no-show'}>
        <Answer {...props} />
      </Match>
      <Match when={props.step === 'open-dispute'}>
        <Dispute {...props} />
      </Match>
      <Match when={props.step === 'propose-remedy'}>
        <RemedyFields {...props} />
      </Match>
    </Switch>
  )
}

function useFault(props: StepFieldsProps) {
  const t = useTexts('deals').form
  return (field: keyof Values) => {
    const fault = props.faultOf(field)
    return fault && t[fault]
  }
}

function Appointment(props: StepFieldsProps) {
  const t = useTexts('deals').appointment
  const format = useFormat()
  const fault = useFault(props)
  const { view, now } = useDeal()
  const isMeeting = () => props.values.method === 'meet'
  const allowed = (): readonly Method[] => {
    const { handover } = view().terms
    return handover === 'either' ? methods : [handover]
  }
  const last = () => now() + limits.meetWithinMs
  return (
    <>
      <Show when={allowed().length > 1}>
        <RadioField
          row
          label={t.method}
          value={props.values.method}
          options={allowed().map((value) => ({ value, label: t[value] }))}
          onValue={(value) => props.set('method', value)}
        />
      </Show>
      <TextField
        type="datetime-local"
        name="at"
        label={isMeeting() ? t.whenMeet : t.whenParcel}
        aside={t.zone}
        hint={t.until(format.dateTime(last()))}
        error={fault('at')}
        value={props.values.at}
        min={toSeoul(now())}
        max={toSeoul(last())}
        required
        onValue={(value) => props.set('at', value)}
      />
      <TextField
        name="place"
        label={isMeeting() ? t.place : t.placeParcel}
        hint={isMeeting() ? t.placeHint : t.placeParcelHint}
        placeholder={isMeeting() ? t.placePlaceholder : ''}
        optional={!isMeeting()}
        error={fault('place')}
        value={props.values.place}
        maxlength={limits.place}
        autocomplete="off"
        onValue={(value) => props.set('place', value)}
      />
    </>
  )
}

function HandOver(props: StepFieldsProps) {
  const t = useTexts('deals').form
  const { view } = useDeal()
  const isSent = () => isParcel(view())
  return (
    <Show when={isSent()}>
      <TextField
        name="carrier"
        label={t.carrier}
        optional
        value={props.values.carrier}
        maxlength={limits.carrier}
        onValue={(value) => props.set('carrier', value)}
      />
      <TextField
        name="tracking"
        label={t.tracking}
        optional
        inputmode="numeric"
        value={props.values.tracking}
        maxlength={limits.tracking}
        onValue={(value) => props.set('tracking', value)}
      />
    </Show>
  )
}

function Text(props: StepFieldsProps & { kind: 'reason' | 'note' | 'text' }) {
  const t = useTexts('deals').form
  const fault = useFault(props)
  const most = () => (props.kind === 'reason' ? limits.reason : limits.note)
  return (
    <TextAreaField
      name="text"
      label={t[props.kind]}
      hint={props.kind === 'reason' ? t.reasonHint : t.noteHint}
      aside={`${[...props.values.text].length}/${most()}`}
      error={fault('text')}
      value={props.values.text}
      maxlength={most()}
      rows={3}
      required
      onValue={(value) => props.set('text', value)}
    />
  )
}

function OptionalText(props: StepFieldsProps) {
  const t = useTexts('deals').form
  return (
    <TextAreaField
      name="text"
      label={t.optionalNote}
      hint={t.noteHint}
      optional
      value={props.values.text}
      maxlength={limits.note}
      rows={3}
      onValue={(value) => props.set('text', value)}
    />
  )
}

function Answer(props: StepFieldsProps) {
  const t = useTexts('deals').form
  const fault = useFault(props)
  return (
    <>
      <RadioField
        label={t.answer}
        value={props.values.answer}
        error={fault('answer')}
        options={(['contest', 'accept'] as const).map((value) => ({
          value,
          label: t.answers[value][0],
          hint: t.answers[value][1],
        }))}
        onValue={(value) => props.set('answer', value)}
      />
      <OptionalText {...props} />
    </>
  )
}

function Dispute(props: StepFieldsProps) {
  const t = useTexts('deals')
  const fault = useFault(props)
  return (
    <>
      <SelectField
        label={t.form.disputeType}
        placeholder={t.form.pick}
        error={fault('type')}
        value={props.values.type}
        options={disputeTypes.map((value) => ({ value, label: t.disputeTypes[value] }))}
        onValue={(value) => props.set('type', value)}
      />
      <Text {...props} kind="note" />
    </>
  )
}

function RemedyFields(props: StepFieldsProps) {
  const t = useTexts('deals')
  const format = useFormat()
  const fault = useFault(props)
  return (
    <>
      <RadioField
        label={t.steps['propose-remedy'].title}
        hideLabel
        value={props.values.remedy}
        error={fault('remedy')}
        options={remedies.map((value) => ({ value, label: t.remedies[value][0], hint: t.remedies[value][1] }))}
        onValue={(value) => props.set('remedy', value)}
      />
      <Show when={props.values.remedy === 'part'}>
        <TextField
          name="amount"
          label={t.form.amount}
          before={format.wonSign.before}
          unit={format.wonSign.after}
          inputmode="numeric"
          error={fault('amount')}
          value={props.values.amount}
          onValue={(value) => props.set('amount', value.replaceAll(/\D/g, ''))}
        />
      </Show>
      <OptionalText {...props} />
    </>
  )
}
