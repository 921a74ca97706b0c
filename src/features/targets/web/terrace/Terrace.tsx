import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { percentText, type NumberUnit } from '#web/kit/number-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWidth } from '#web/kit/use-width.ts'
import { useWords } from '#web/words/use-words.ts'
import { Hills } from './Hills.tsx'
import { layTerrace, type Step } from './lay-terrace.ts'
import { StepDrawing } from './StepDrawing.tsx'
import { StepHint } from './StepHint.tsx'
import { stepTowards } from './step-keys.ts'
import { TerraceDefs } from './TerraceDefs.tsx'
import { waterOf, type Tier } from './tier.ts'
import { useMotion } from './use-motion.ts'
import { useTierWords } from './use-tier-words.ts'
import { terraceWords } from './words.ts'
import './terrace.css'

interface TerraceProps<T extends Tier> {
  readonly root: T
  readonly unit: NumberUnit
  readonly currency?: string | undefined
  readonly addsUp: boolean
  readonly onGoDown: (tier: T) => void
  readonly onGoUp?: (() => void) | undefined
}

/** The signature of the product: the tiers as a terraced field. */
export function Terrace<T extends Tier>({ root, unit, currency, addsUp, onGoDown, onGoUp }: TerraceProps<T>) {
  const t = useWords(terraceWords)
  const isPhone = useIsPhone()
  const [ref, width] = useWidth(1000)
  const field = useMemo(
    () => layTerrace(root, { width, mostRows: isPhone ? 3 : 4, addsUp, isPhone }),
    [root, width, isPhone, addsUp],
  )
  const poses = useMotion(field)
  const describe = useTierWords(unit, currency)
  const ids = useId().replaceAll(':', '')
  const [pointed, setPointed] = useState<string>()
  const [tabStop, setTabStop] = useState<string>()
  const svg = useRef<SVGSVGElement>(null)
  const stop = field.steps.some((step) => step.id === tabStop) ? tabStop : field.steps[0]?.id
  const water = waterOf(root)
  const hinted = field.steps.find((step) => step.id === pointed)

  const focusOn = (step: Step<T> | undefined) => {
    if (!step) return
    setTabStop(step.id)
    svg.current?.querySelector<SVGGElement>(`[data-step="${CSS.escape(step.id)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, step: Step<T>) => {
    const next = stepTowards(field, step, event.key)
    if (next) focusOn(next)
    else if ((event.key === 'Enter' || event.key === ' ') && step.row > 0) onGoDown(step.tier)
    else if (event.key === 'Backspace' || event.key === 'Escape') onGoUp?.()
    else return
    event.preventDefault()
  }

  return (
    <div className="terrace" ref={ref}>
      <svg
        ref={svg}
        width={width}
        height={field.height}
        viewBox={`0 0 ${width} ${field.height}`}
        role="tree"
        aria-label={t('label', { name: root.name })}
        onMouseLeave={() => setPointed(undefined)}
      >
        <TerraceDefs id={ids} />
        <Hills field={field} ids={ids} />
        {field.steps.map((step) => {
          const pose = poses.get(step.id)
          if (!pose) return null
          return (
            <g
              key={step.id}
              data-step={step.id}
              role="treeitem"
              aria-level={step.row + 1}
              aria-posinset={step.place}
              aria-setsize={step.siblings}
              aria-selected={step.row === 0}
              tabIndex={step.id === stop ? 0 : -1}
              className={`terrace-step ${step.row > 0 ? 'terrace-step-open' : ''}`}
              opacity={pose.opacity}
              onMouseEnter={() => setPointed(step.id)}
              onFocus={() => (setPointed(step.id), setTabStop(step.id))}
              onBlur={() => setPointed(undefined)}
              onClick={() => step.row > 0 && onGoDown(step.tier)}
              onKeyDown={(event) => onKeyDown(event, step)}
            >
              <text
                className="terrace-spoken"
                x={pose.x + pose.width / 2}
                y={pose.top + step.height}
                textAnchor="middle"
                fontSize="0.1"
                fill="none"
              >
                {describe(step.tier)}
              </text>
              <StepDrawing step={step} pose={pose} field={field} ids={ids} />
            </g>
          )
        })}
      </svg>
      {water !== undefined && (
        <span className="terrace-water-word" title={t('waterHint')}>
          <i aria-hidden /> {t('water', { share: percentText(water) })}
        </span>
      )}
      {hinted && <StepHint step={hinted} field={field} unit={unit} currency={currency} />}
    </div>
  )
}
