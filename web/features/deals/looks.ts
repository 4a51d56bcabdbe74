import type { DealState } from '../../../worker/contract/deal-steps.ts'
import type { Tone } from '../../ui/chip/chip.tsx'

export const stateTones: Record<DealState, Tone> = {
  open: 'tangerine',
  arranged: 'sky',
  'handed-over': 'sky',
  disputed: 'brick',
  completed: 'leaf',
  cancelled: 'plain',
  failed: 'brick',
  lapsed: 'plain',
}
