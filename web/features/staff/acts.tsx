import { createSignal } from 'solid-js'
import type { StaffAccount, SuspendAccount } from '../../../worker/contract/moderation.ts'
import { reasons } from '../../../worker/contract/report-reasons.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { SelectField } from '../../ui/field/select-field.tsx'
import { ActSheet } from './act-sheet.tsx'
import { giveRole, liftSuspension, type Role, seeEmail, suspendAccount } from './queries.ts'
import { MomentField, momentOf } from './moment-field.tsx'

export type Act = 'suspend' | 'lift' | 'role' | 'see-email'

interface ActsProps {
  account: StaffAccount
  act: Act | null
  onClose: () => void
  onEmail: (email: string | null) => void
  onDone: () => Promise<void>
}

/** What can be done about an account, each in a sheet of its own. */
export function Acts(props: ActsProps) {
  const t = useTexts('staff').account

  async function see(reason: string): Promise<void> {
    props.onEmail(await seeEmail(props.account.id, reason))
  }

  return (
    <>
      <Suspend {...props} />
      <ActSheet
        open={props.act === 'lift'}
        onClose={props.onClose}
        title={t.lift}
        label={t.reason}
        send={(reason) => liftSuspension(props.account.id, reason)}
        onDone={props.onDone}
      />
      <GiveRole {...props} />
      <ActSheet
        open={props.act === 'see-email'}
        onClose={props.onClose}
        title={t.seeEmail}
        lead={t.seeEmailText}
        label={t.reason}
        send={see}
      />
    </>
  )
}

function Suspend(props: ActsProps) {
  const t = useTexts('staff').account
  const decisions = useTexts('decisions')
  const [until, setUntil] = createSignal('')
  const [rule, setRule] = createSignal<SuspendAccount['reason'] | ''>('')

  async function send(facts: string, key: string): Promise<void> {
    const reason = rule()
    if (reason !== '') await suspendAccount(props.account.id, { until: momentOf(until()), reason, facts }, key)
  }

  return (
    <ActSheet
      danger
      open={props.act === 'suspend'}
      onClose={props.onClose}
      title={t.suspendTitle}
      label={t.facts}
      hint={t.factsHint}
      isReady={until() !== '' && rule() !== ''}
      send={send}
      onDone={props.onDone}
    >
      <MomentField label={t.until} value={until()} onValue={setUntil} />
      <SelectField
        label={t.rule}
        placeholder={t.pick}
        value={rule()}
        options={reasons.map((value) => ({ value, label: decisions.rules[value] }))}
        onValue={setRule}
      />
    </ActSheet>
  )
}

function GiveRole(props: ActsProps) {
  const t = useTexts('staff')
  const [role, setRole] = createSignal<Role | ''>('')
  const roles = () => (['member', 'moderator', 'admin'] as const).filter((one) => one !== props.account.role)

  async function give(reason: string): Promise<void> {
    const given = role()
    if (given !== '') await giveRole(props.account.id, given, reason)
  }

  return (
    <ActSheet
      open={props.act === 'role'}
      onClose={props.onClose}
      title={t.account.role}
      label={t.account.reason}
      isReady={role() !== ''}
      send={give}
      onDone={props.onDone}
    >
      <SelectField
        label={t.account.roleLabel}
        placeholder={t.account.pick}
        value={role()}
        options={roles().map((value) => ({ value, label: t.accounts.roles[value] }))}
        onValue={setRole}
      />
    </ActSheet>
  )
}
