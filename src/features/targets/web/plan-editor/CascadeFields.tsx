import { Checkbox, Form, InputNumber, Select } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { Method } from '../../contract.ts'
import { RampField } from './RampField.tsx'
import type { CascadeChoice } from './use-plan.ts'
import { planWords } from './words.ts'

/** What somebody chose in the form, before it becomes a wish on the wire. */
export interface CascadeDraft {
  readonly method: Exclude<Method, 'manual'>
  readonly season: 'current' | 'even' | 'history'
  readonly baseYear: number
  readonly step: string
  readonly headsCarry: boolean
  readonly parts: Readonly<Record<'equal' | 'headcount' | 'lastActual' | 'potential' | 'current', number>>
  /** Percent by month after joining; empty: newcomers count fully. */
  readonly ramp: readonly number[]
}

/** Whole amounts by default: nobody steers by cents. */
export function usualCascade(year: number, isNew: boolean): CascadeDraft {
  return {
    method: isNew ? 'last_actual' : 'current',
    season: isNew ? 'even' : 'current',
    baseYear: year - 1,
    step: '1',
    headsCarry: false,
    parts: { equal: 0, headcount: 50, lastActual: 50, potential: 0, current: 0 },
    ramp: [],
  }
}

const blendKeys = ['lastActual', 'potential', 'headcount', 'equal', 'current'] as const

/** What the parts of a blend come to, in percent: they are shares of a whole. */
function blendSum({ parts }: CascadeDraft): number {
  return blendKeys.reduce((sum, key) => sum + parts[key], 0)
}

/** False for a blend whose parts do not make a whole. */
export function isWholeWish(draft: CascadeDraft): boolean {
  return draft.method !== 'blend' || blendSum(draft) === 100
}

export function wishOf({ method, season, baseYear, step, headsCarry, parts, ramp }: CascadeDraft): CascadeChoice {
  return {
    method,
    season,
    baseYear,
    step,
    headsCarry,
    ramp: [...ramp],
    ...(method === 'blend' ? { blend: { ...parts } } : {}),
  }
}

interface CascadeFieldsProps {
  readonly year: number
  readonly unit: string
  readonly isMoney: boolean
  readonly value: CascadeDraft
  readonly onChange: (value: CascadeDraft) => void
  /** A rate is handed down as it is: there is nothing to share. */
  readonly isHandedDown?: boolean
  /** New plans have nothing to keep. */
  readonly isNew?: boolean
  /** Only the top row can get another season. */
  readonly withSeason: boolean
}

export function CascadeFields({ isHandedDown = false, ...fields }: CascadeFieldsProps) {
  const t = useWords(planWords)
  return isHandedDown ? <p className="muted">{t('handedDown')}</p> : <ShareFields {...fields} />
}

function ShareFields({
  year,
  unit,
  isMoney,
  value,
  onChange,
  isNew = false,
  withSeason,
}: Omit<CascadeFieldsProps, 'isHandedDown'>) {
  const t = useWords(planWords)
  const methods = (['last_actual', 'potential', 'equal', 'headcount', 'blend', 'current'] as const).filter(
    (key) => !isNew || key !== 'current',
  )
  const usesHistory = value.method === 'last_actual' || value.method === 'blend' || value.season === 'history'
  const set = (part: Partial<CascadeDraft>) => onChange({ ...value, ...part })
  return (
    <>
      <Form.Item label={t('method')}>
        <Select
          aria-label={t('method')}
          value={value.method}
          options={methods.map((key) => ({ value: key, label: t(key) }))}
          onChange={(method) => set({ method })}
        />
      </Form.Item>
      {value.method === 'blend' && (
        <Form.Item
          label={t('blendParts')}
          validateStatus={isWholeWish(value) ? '' : 'error'}
          help={t(isWholeWish(value) ? 'blendSum' : 'blendNotWhole', { sum: blendSum(value) })}
        >
          <div className="plan-blend">
            {blendKeys
              .filter((key) => !isNew || key !== 'current')
              .map((key) => (
                <label key={key}>
                  <span>{t(key === 'lastActual' ? 'last_actual' : key)}</span>
                  <InputNumber
                    min={0}
                    max={100}
                    precision={0}
                    value={value.parts[key]}
                    onChange={(part) => set({ parts: { ...value.parts, [key]: part ?? 0 } })}
                  />
                </label>
              ))}
          </div>
        </Form.Item>
      )}
      {withSeason && (
        <Form.Item label={t('season')}>
          <Select
            aria-label={t('season')}
            value={value.season}
            options={[
              ...(isNew ? [] : [{ value: 'current' as const, label: t('seasonCurrent') }]),
              { value: 'even' as const, label: t('seasonEven') },
              { value: 'history' as const, label: t('seasonHistory') },
            ]}
            onChange={(season) => set({ season })}
          />
        </Form.Item>
      )}
      {usesHistory && (
        <Form.Item label={t('baseYear')}>
          <Select
            aria-label={t('baseYear')}
            value={value.baseYear}
            options={[year - 1, year, year - 2, year - 3].map((base) => ({ value: base, label: String(base) }))}
            onChange={(baseYear) => set({ baseYear })}
          />
        </Form.Item>
      )}
      <StepField unit={unit} isMoney={isMoney} value={value} onChange={onChange} />
      {(value.method === 'headcount' || value.method === 'blend') && (
        <RampField ramp={value.ramp} onChange={(ramp) => set({ ramp })} />
      )}
      <Checkbox checked={value.headsCarry} onChange={(event) => set({ headsCarry: event.target.checked })}>
        {t('headsCarry')}
      </Checkbox>
    </>
  )
}

interface StepFieldProps {
  readonly unit: string
  readonly isMoney: boolean
  readonly value: CascadeDraft
  readonly onChange: (value: CascadeDraft) => void
}

/** To what a cascade rounds: nobody steers by cents. */
export function StepField({ unit, isMoney, value, onChange }: StepFieldProps) {
  const t = useWords(planWords)
  return (
    <Form.Item label={t('step')}>
      <Select
        aria-label={t('step')}
        value={value.step}
        options={[...new Set([unit, ...(isMoney ? ['1', '100', '1000', '10000'] : ['1', '10'])])].map((step) => ({
          value: step,
          label: Number(step).toLocaleString('en-US', { maximumFractionDigits: 4 }),
        }))}
        onChange={(step) => onChange({ ...value, step })}
      />
    </Form.Item>
  )
}
