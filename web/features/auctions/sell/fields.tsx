import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { auctions as limits } from '../../../../worker/contract/limits.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { useFormat, useTexts } from '../../../i18n/i18n.ts'
import { toSeoul } from '../../../i18n/seoul.ts'
import { Disclosure } from '../../../ui/disclosure/disclosure.tsx'
import { RadioField } from '../../../ui/field/radio-field.tsx'
import { SelectField } from '../../../ui/field/select-field.tsx'
import { CheckField } from '../../../ui/field/tick-field.tsx'
import { TextAreaField, TextField } from '../../../ui/field/text-field.tsx'
import { AmountField } from './amount-field.tsx'
import type { Draft } from './draft.ts'
import type { Field } from './faults.ts'
import { bidderRulesOf, usualSoftClose } from './values.ts'

/** What each group of fields needs of the form. */
export interface FormPart {
  draft: Draft
  /** The fault to show beside a field, in words. */
  faultOf: (field: Field) => string | undefined
  leave: (field: Field) => void
}

const categories = [
  'digital',
  'appliance',
  'furniture',
  'kitchen',
  'baby',
  'women',
  'men',
  'sport',
  'pet',
  'other',
] as const
const conditions = ['new', 'like-new', 'good', 'fair', 'parts'] as const
const durations = [10, 20, 60, 360, 1_440, 4_320, 10_080]
const caps = [5, 10, 15, 30, 60]
/** Whom a seller may want: least manner, least deals, most no-shows. */
const bidderChoices = { minManner: [30, 40, 50, 60], minDeals: [1, 3, 10], maxNoShows: [0, 1, 2] } as const

const lengthOf = (text: string) => [...text].length

export function WhatFields(props: FormPart) {
  const t = useTexts('sell').what
  const lists = useTexts('auctions')
  const values = () => props.draft.values
  return (
    <>
      <TextField
        label={t.name}
        placeholder={t.namePlaceholder}
        value={values().title}
        onValue={(value) => props.draft.set('title', value)}
        onBlur={() => props.leave('title')}
        error={props.faultOf('title')}
        aside={`${lengthOf(values().title)}/${limits.title}`}
        name="title"
      />
      <TextAreaField
        label={t.content}
        hint={t.contentHelp}
        value={values().content}
        onValue={(value) => props.draft.set('content', value)}
        onBlur={() => props.leave('content')}
        error={props.faultOf('content')}
        aside={`${lengthOf(values().content)}/${limits.content}`}
        name="content"
      />
      <div class="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t.category}
          placeholder={t.choose}
          value={values().category}
          options={categories.map((value) => ({ value, label: lists.categories[value] }))}
          onValue={(value) => props.draft.set('category', value)}
          error={props.faultOf('category')}
          name="category"
        />
        <SelectField
          label={t.condition}
          placeholder={t.choose}
          value={values().condition}
          options={conditions.map((value) => ({ value, label: lists.conditions[value] }))}
          onValue={(value) => props.draft.set('condition', value)}
          error={props.faultOf('condition')}
          name="condition"
        />
      </div>
      <RadioField
        label={t.defects}
        hint={t.defectsHelp}
        value={values().hasDefects}
        options={[
          { value: 'none', label: t.defectsNone },
          { value: 'some', label: t.defectsSome },
        ]}
        onValue={(value) => props.draft.set('hasDefects', value)}
        error={props.faultOf('hasDefects')}
      />
      <Show when={values().hasDefects === 'some'}>
        <TextAreaField
          label={t.defectsText}
          value={values().defects}
          onValue={(value) => props.draft.set('defects', value)}
          onBlur={() => props.leave('defects')}
          error={props.faultOf('defects')}
          aside={`${lengthOf(values().defects)}/${limits.defects}`}
          rows={2}
          name="defects"
        />
      </Show>
    </>
  )
}

export function PriceFields(props: FormPart) {
  const t = useTexts('sell').price
  const values = () => props.draft.values
  const [isOpen] = createSignal(values().reservePrice + values().buyNowPrice + values().expectedPrice !== '')
  return (
    <>
      <AmountField
        label={t.start}
        hint={t.startHelp}
        value={values().startPrice}
        onValue={(value) => props.draft.set('startPrice', value)}
        onLeave={() => props.leave('startPrice')}
        error={props.faultOf('startPrice')}
        name="startPrice"
      />
      <Disclosure title={t.more} open={isOpen()}>
        <div class="grid gap-4 text-ink">
          <AmountField
            label={t.reserve}
            hint={t.reserveHelp}
            optional
            value={values().reservePrice}
            onValue={(value) => props.draft.set('reservePrice', value)}
            onLeave={() => props.leave('reservePrice')}
            error={props.faultOf('reservePrice')}
            name="reservePrice"
          />
          <AmountField
            label={t.buyNow}
            hint={t.buyNowHelp}
            optional
            value={values().buyNowPrice}
            onValue={(value) => props.draft.set('buyNowPrice', value)}
            onLeave={() => props.leave('buyNowPrice')}
            error={props.faultOf('buyNowPrice')}
            name="buyNowPrice"
          />
          <AmountField
            label={t.expected}
            hint={t.expectedHelp}
            optional
            value={values().expectedPrice}
            onValue={(value) => props.draft.set('expectedPrice', value)}
            onLeave={() => props.leave('expectedPrice')}
            error={props.faultOf('expectedPrice')}
            name="expectedPrice"
          />
        </div>
      </Disclosure>
    </>
  )
}

export function TimeFields(props: FormPart) {
  const t = useTexts('sell').time
  const format = useFormat()
  const id = createUniqueId()
  const values = () => props.draft.values
  const [isCustom, setCustom] = createSignal(!durations.includes(values().durationMinutes))
  const usual = () => usualSoftClose(values().durationMinutes)
  const windowText = (seconds: number) => (seconds === 0 ? t.softOff : t.softWindow(format.duration(seconds * 1_000)))
  const windows = () => limits.softCloseWindows.filter((seconds) => seconds * 2 <= values().durationMinutes * 60)

  return (
    <>
      <RadioField
        label={t.starts}
        row
        value={values().startsAt === '' ? 'now' : 'later'}
        options={[
          { value: 'now', label: t.now },
          { value: 'later', label: t.later },
        ]}
        onValue={(value) => props.draft.set('startsAt', value === 'now' ? '' : toSeoul(nextHour()))}
      />
      <Show when={values().startsAt !== ''}>
        <TextField
          type="datetime-local"
          label={t.startsAt}
          hint={t.startsAtHelp}
          value={values().startsAt}
          onValue={(value) => props.draft.set('startsAt', value)}
          onBlur={() => props.leave('startsAt')}
          error={props.faultOf('startsAt')}
          min={toSeoul(serverNow())}
          max={toSeoul(serverNow() + limits.startWithinMs)}
          name="startsAt"
        />
      </Show>
      <fieldset class="grid gap-2">
        <legend class="mb-1.5 font-semibold">{t.duration}</legend>
        <div class="flex flex-wrap gap-2">
          <For each={durations}>
            {(minutes) => (
              <DurationChip
                name={`duration-${id}`}
                checked={!isCustom() && values().durationMinutes === minutes}
                onChoose={() => {
                  setCustom(false)
                  props.draft.set('durationMinutes', minutes)
                }}
              >
                {t.durations[minutes] ?? ''}
              </DurationChip>
            )}
          </For>
          <DurationChip name={`duration-${id}`} checked={isCustom()} onChoose={() => setCustom(true)}>
            {t.custom}
          </DurationChip>
        </div>
        <Show when={isCustom()}>
          <TextField
            label={<span class="sr-only">{t.duration}</span>}
            value={String(values().durationMinutes || '')}
            onValue={(text) => props.draft.set('durationMinutes', Number(text.replaceAll(/\D/g, '').slice(0, 6)))}
            onBlur={() => props.leave('durationMinutes')}
            error={props.faultOf('durationMinutes')}
            inputmode="numeric"
            unit={t.minutes}
            name="durationMinutes"
          />
        </Show>
      </fieldset>
      <SelectField
        label={t.soft}
        value={values().windowSeconds === null ? 'usual' : String(values().windowSeconds)}
        options={[
          { value: 'usual', label: t.softUsual(format.duration(usual().windowSeconds * 1_000)) },
          ...windows().map((seconds) => ({ value: String(seconds), label: windowText(seconds) })),
        ]}
        onValue={(value) => props.draft.set('windowSeconds', value === 'usual' ? null : Number(value))}
        error={props.faultOf('windowSeconds')}
        name="windowSeconds"
      />
      <Show when={(values().windowSeconds ?? 0) > 0}>
        <SelectField
          label={t.cap}
          value={String(values().capMinutes)}
          options={[...new Set([...caps, values().capMinutes])].map((minutes) => ({
            value: String(minutes),
            label: t.capMinutes(minutes),
          }))}
          onValue={(value) => props.draft.set('capMinutes', Number(value))}
          name="capMinutes"
        />
      </Show>
    </>
  )
}

function DurationChip(props: { name: string; checked: boolean; onChoose: () => void; children: string }) {
  return (
    <label class="relative inline-flex min-h-11 cursor-pointer items-center rounded-full border border-line bg-surface px-4 font-medium text-ink-soft has-checked:border-ink has-checked:bg-ink has-checked:font-semibold has-checked:text-paper has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus forced-colors:has-checked:bg-[Highlight]">
      <input
        type="radio"
        name={props.name}
        checked={props.checked}
        onChange={() => props.onChoose()}
        class="absolute inset-0 cursor-pointer opacity-0"
      />
      {props.children}
    </label>
  )
}

export function DealFields(props: FormPart) {
  const t = useTexts('sell').deal
  const values = () => props.draft.values
  return (
    <>
      <RadioField
        label={t.handover}
        row
        value={values().handover}
        options={[
          { value: 'parcel', label: t.parcel },
          { value: 'meet', label: t.meet },
          { value: 'either', label: t.either },
        ]}
        onValue={(value) => props.draft.set('handover', value)}
        error={props.faultOf('handover')}
      />
      <Show when={values().handover === 'parcel' || values().handover === 'either'}>
        <AmountField
          label={t.shipping}
          hint={t.shippingHelp}
          value={values().shippingFee}
          onValue={(value) => props.draft.set('shippingFee', value)}
          onLeave={() => props.leave('shippingFee')}
          error={props.faultOf('shippingFee')}
          name="shippingFee"
        />
      </Show>
      <TextField
        label={t.region}
        optional
        placeholder={t.regionPlaceholder}
        hint={t.regionHelp}
        value={values().region}
        onValue={(value) => props.draft.set('region', value)}
        onBlur={() => props.leave('region')}
        error={props.faultOf('region')}
        name="region"
      />
      <BidderFields {...props} />
    </>
  )
}

/** Who may bid. Closed as long as everybody may. */
function BidderFields(props: FormPart) {
  const t = useTexts('sell').bidders
  const values = () => props.draft.values
  const isOpen = () => Object.values(bidderRulesOf(values())).some((rule) => rule !== null && rule !== false)
  const words = { minManner: t.mannerFrom, minDeals: t.dealsFrom, maxNoShows: t.noShowsTo }
  return (
    <Disclosure title={t.title} open={isOpen()}>
      <div class="grid gap-4 text-ink">
        <p class="text-caption text-ink-soft">{t.help}</p>
        <CheckField
          label={t.followers}
          hint={t.followersHelp}
          checked={values().followersOnly}
          onChecked={(checked) => props.draft.set('followersOnly', checked)}
        />
        <For each={['minManner', 'minDeals', 'maxNoShows'] as const}>
          {(rule) => (
            <SelectField
              label={t[rule]}
              value={String(values()[rule] ?? '')}
              options={[
                { value: '', label: t.any },
                ...withOwn(bidderChoices[rule], values()[rule]).map((count) => ({
                  value: String(count),
                  label: words[rule](count),
                })),
              ]}
              onValue={(value) => props.draft.set(rule, value === '' ? null : Number(value))}
              name={rule}
            />
          )}
        </For>
      </div>
    </Disclosure>
  )
}

/** The usual choices, and the one that was made elsewhere. */
function withOwn(usual: readonly number[], own: number | null): number[] {
  return [...new Set(own === null ? usual : [...usual, own])].sort((a, b) => a - b)
}

function nextHour(): number {
  const hour = 3_600_000
  return Math.floor(serverNow() / hour + 1) * hour
}
