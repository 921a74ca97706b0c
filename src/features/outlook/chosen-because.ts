import type { Label } from '#base/label.ts'
import type { MethodKey } from '#engine/forecast/methods.ts'

interface Tested {
  readonly method: MethodKey
  readonly label: Label
  readonly mase: number | null
  readonly smape: number
}

/** What is to be said of a choice, as a key of the words; `best` is the method that did better. */
export interface Reason {
  readonly key: 'chosenWithin' | 'chosenRare' | 'beatenByNaive' | 'aboveOne'
  readonly best: Label | null
}

/**
 * Why a method was chosen that is not the best of its own table, and what nobody should overlook in it: that no method
 * beats what was a year ago, or that the chosen one is worse than that was. Nothing where the best was chosen and is good.
 */
export function chosenBecause(
  { methods, naiveMase }: { readonly methods: readonly Tested[]; readonly naiveMase: number | null },
  method: MethodKey | null,
): readonly Reason[] {
  const sizeOf = ({ mase, smape }: Tested) => mase ?? smape
  const own = methods.find((each) => each.method === method)
  if (!own) return method === 'intermittent' ? [{ key: 'chosenRare', best: null }] : []
  const best = methods.reduce((one, other) => (sizeOf(other) < sizeOf(one) ? other : one), own)
  const isBest = best === own
  const reasons: Reason[] = isBest
    ? []
    : [{ key: method === 'intermittent' ? 'chosenRare' : 'chosenWithin', best: best.label }]
  const rivals = methods.filter((each) => each.method !== 'seasonal-naive' && each.mase !== null)
  const isBeaten = naiveMase !== null && rivals.every(({ mase }) => (mase ?? 0) >= naiveMase)
  if (isBeaten) return [...reasons, { key: 'beatenByNaive', best: null }]
  return own.mase !== null && own.mase > 1 ? [...reasons, { key: 'aboveOne', best: null }] : reasons
}
