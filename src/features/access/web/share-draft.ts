import type { ShareDraft, ShareView } from '../contract.ts'

/** A share as it is kept: what would bring it back. */
export function draftOfShare({ to, level, part, note, until }: ShareView): ShareDraft {
  return {
    to: { kind: to.kind, id: to.id },
    level,
    ...(part ? { part } : {}),
    ...(note ? { note } : {}),
    ...(until ? { until } : {}),
  }
}
