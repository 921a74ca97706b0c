import { percentText } from '#web/kit/number-text.ts'
import { stateMarks, stateOf } from '#web/kit/state.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { textWidth } from './fit-text.ts'
import { waterOf, type Tier } from './tier.ts'
import { terraceWords } from './words.ts'
import './terrace.css'

interface RingProps {
  readonly tier: Pick<Tier, 'name' | 'attainment' | 'light' | 'expected' | 'target'>
  readonly size?: number
}

/** The terrace of one person: the field seen from above, filled clockwise, the water line as a tick. */
export function Ring({ tier, size = 148 }: RingProps) {
  const t = useWords(terraceWords)
  const k = useWords(kitWords)
  const state = stateOf(tier.light)
  const water = waterOf(tier)
  const thick = Math.round(size * 0.1)
  const radius = size / 2 - thick / 2 - 3
  const round = 2 * Math.PI * radius
  const share = Math.max(0, tier.attainment ?? 0)
  const percent = percentText(tier.attainment)
  const word = k(state === 'none' ? 'unknown' : state)
  const line = state === 'none' ? word : `${stateMarks[state]} ${word}`
  // Both lines lie within the inner circle: the word lower, where it is narrower.
  const inner = 2 * (radius - thick / 2)
  const fitted = (text: string, wanted: number, room: number) => Math.min(wanted, room / textWidth(text, 1))
  const turn = (part: number) => `rotate(${part * 360 - 90} ${size / 2} ${size / 2})`
  const arc = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: thick }
  return (
    <svg
      className="terrace-ring"
      data-state={state}
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('ring', { name: tier.name, attainment: percentText(tier.attainment), state: word })}
    >
      <circle {...arc} stroke="var(--basin)" />
      <circle
        cx={size / 2}
        cy={size / 2}
        r={radius * 0.72 + thick * 0.3}
        fill="none"
        stroke="var(--hill)"
        strokeWidth="1.2"
      />
      <circle
        {...arc}
        className="terrace-ring-crop"
        strokeLinecap={share > 0 && share < 1 ? 'round' : 'butt'}
        strokeDasharray={`${Math.min(share, 1) * round} ${round}`}
        transform={turn(0)}
      />
      {share > 1 && (
        <circle
          {...arc}
          stroke="var(--harvest)"
          strokeDasharray={`${Math.min(share - 1, 1) * round} ${round}`}
          transform={turn(0)}
        />
      )}
      {water !== undefined && (
        <line
          x1={size / 2 + radius - thick / 2 - 3}
          x2={size / 2 + radius + thick / 2 + 3}
          y1={size / 2}
          y2={size / 2}
          stroke="var(--water)"
          strokeWidth="3"
          strokeLinecap="round"
          transform={`rotate(${water * 360 - 90} ${size / 2} ${size / 2})`}
        />
      )}
      <text
        x="50%"
        y="48%"
        textAnchor="middle"
        dominantBaseline="central"
        className="num"
        fontSize={fitted(percent, size * 0.17, inner * 0.8)}
        fontWeight="650"
        fill="var(--ink)"
      >
        {percent}
      </text>
      <text
        x="50%"
        y="64%"
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={fitted(line, Math.max(11, size * 0.085), inner * 0.7)}
        className={`terrace-ring-word terrace-ring-${state}`}
      >
        {line}
      </text>
    </svg>
  )
}
