import { registerKeptAnswers } from '#platform/http/answer-once.ts'
import { registerForgettingOfEvents } from '#platform/events/forget.ts'
import { registerPurge } from '#platform/records/purge.ts'
import { registerStatistics } from '#platform/records/statistics.ts'
import { registerUndo } from '#platform/records/undo-operation.ts'
import { registerUndoProgress } from '#platform/records/tell-undo.ts'
import { registerReadyMappings, registerShaper } from '#platform/transfer/index.ts'
import { registerChecks } from '#features/system/server/index.ts'
import { companyChecks } from './company-checks.ts'
import { registerFollowUps } from './follow-ups.ts'
import { tellHoldings } from './hand-over.ts'
import { fxiaoke } from './import-sources/fxiaoke.ts'
import { zoho } from './import-sources/zoho.ts'
import { rooms } from './rooms.ts'
import { shaper } from './shape-for-set.ts'

let isArranged = false

/** Tells the engines what every room defines, and what follows from one room in another. Later calls change nothing. */
export function arrangeHouse(): void {
  if (isArranged) return
  isArranged = true
  for (const room of rooms) room.arrange?.()
  registerUndo()
  registerUndoProgress()
  registerPurge()
  registerKeptAnswers()
  registerForgettingOfEvents()
  registerStatistics()
  registerFollowUps()
  registerReadyMappings(...zoho, ...fxiaoke)
  registerShaper(shaper)
  tellHoldings()
  registerChecks(companyChecks)
}
