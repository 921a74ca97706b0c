import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'

/** A task is open and of normal priority unless it says otherwise; the day it is done is today. */
export async function prepareTasks(step: Step, drafts: readonly Draft[]): Promise<void> {
  for (const { values } of drafts) {
    values['status'] ??= 'open'
    values['priority'] ??= 'normal'
    values['doneOn'] = values['status'] === 'done' ? (values['doneOn'] ?? step.ctx.today) : null
  }
}
