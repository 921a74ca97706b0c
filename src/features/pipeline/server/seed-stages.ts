import type { Step } from '#platform/db/step.ts'
import { saveMany } from '#platform/records/save.ts'
import { stage } from '../objects.ts'

const defaults = [
  { name: '初步接洽', nameEn: 'Prospecting', kind: 'open', probability: '10', forecastCategory: 'pipeline' },
  { name: '需求确认', nameEn: 'Qualified', kind: 'open', probability: '30', forecastCategory: 'pipeline' },
  { name: '方案报价', nameEn: 'Proposal', kind: 'open', probability: '50', forecastCategory: 'best_case' },
  { name: '商务谈判', nameEn: 'Negotiation', kind: 'open', probability: '75', forecastCategory: 'committed' },
  { name: '赢单', nameEn: 'Won', kind: 'won', probability: '100' },
  { name: '输单', nameEn: 'Lost', kind: 'lost', probability: '0' },
]

/** The pipeline that every new company starts with. */
export async function seedStages(step: Step): Promise<void> {
  const rows = defaults.map((values, at) => ({ values: { ...values, position: String(at + 1) } }))
  await saveMany(step, stage, rows)
}
