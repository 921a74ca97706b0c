import { percentText, type NumberUnit } from '#web/kit/number-text.ts'
import { stateOf } from '#web/kit/state.ts'
import { useWords } from '#web/words/use-words.ts'
import { sharesOf } from './lay-terrace.ts'
import { drawnChildren, waterOf, type Tier } from './tier.ts'
import { useTierWords } from './use-tier-words.ts'
import { terraceWords } from './words.ts'
import './terrace.css'

interface RibbonProps<T extends Tier> {
  readonly root: T
  readonly unit: NumberUnit
  readonly currency?: string | undefined
  readonly addsUp: boolean
  readonly onGoDown?: (tier: Tier) => void
}

/** The terrace as one row, for pages where it is not the subject. */
export function Ribbon<T extends Tier>({ root, unit, currency, addsUp, onGoDown }: RibbonProps<T>) {
  const t = useWords(terraceWords)
  const describe = useTierWords(unit, currency)
  const children: readonly Tier[] = drawnChildren(root)
  const steps: readonly Tier[] = children.length > 0 ? children : [root]
  const shares = children.length > 0 ? sharesOf(root, addsUp) : [1]
  return (
    <div className="terrace-ribbon" role="group" aria-label={t('label', { name: root.name })}>
      {steps.map((tier, at) => (
        <button
          key={tier.id}
          type="button"
          className="terrace-ribbon-step"
          data-state={stateOf(tier.light)}
          style={{ flexGrow: Math.round((shares[at] ?? 0) * 1000) }}
          aria-label={describe(tier)}
          title={`${tier.name} ${percentText(tier.attainment)}`}
          onClick={() => onGoDown?.(tier)}
        >
          <span className="terrace-ribbon-crop" style={{ height: `${Math.min(tier.attainment ?? 0, 1) * 100}%` }} />
          {waterOf(tier) !== undefined && (
            <span className="terrace-ribbon-water" style={{ bottom: `${(waterOf(tier) ?? 0) * 100}%` }} />
          )}
        </button>
      ))}
    </div>
  )
}
