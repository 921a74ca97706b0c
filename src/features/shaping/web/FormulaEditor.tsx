import { Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formulaFunctions } from '#engine/formula/functions.ts'
import { grouped } from '#engine/money/short-form.ts'
import {
  shownFieldsOf,
  useLater,
  useObjects,
  type ScreenField,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { shapingRoutes } from '../contract.ts'
import { canStandInFormula, type FormulaDraft } from './field-draft.ts'
import { FaultLine } from './LabelInput.tsx'
import { shapeWords } from './words.ts'

interface FormulaEditorProps {
  readonly id: string
  readonly screen: ScreenObject
  readonly value: FormulaDraft
  readonly fault: string | undefined
  readonly onChange: (formula: FormulaDraft) => void
}

const results = ['number', 'money', 'percent', 'text', 'date', 'yes_no'] as const
const calm = 400

/** Writes a formula with fields and functions at hand; it is checked and tried on records while it is written. */
export function FormulaEditor({ id, screen, value, fault, onChange }: FormulaEditorProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const options = useFieldOptions(screen)
  const functions = Object.entries(formulaFunctions).map(([name, { help }]) => ({ value: name, label: label(help) }))
  const insert = (text: string, caretFromEnd = 0) => {
    const area = document.getElementById(id)
    if (!(area instanceof HTMLTextAreaElement)) return
    const [from, to] = [area.selectionStart, area.selectionEnd]
    onChange({ ...value, expression: value.expression.slice(0, from) + text + value.expression.slice(to) })
    const caret = from + text.length - caretFromEnd
    // After the new text stands there.
    requestAnimationFrame(() => (area.focus(), area.setSelectionRange(caret, caret)))
  }
  return (
    <div className="shape-field">
      <label htmlFor={id}>{t('formula')}</label>
      <Input.TextArea
        id={id}
        className="formula-text"
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={4000}
        placeholder={t('formulaHint', { text: exampleFor(screen) })}
        value={value.expression}
        {...(fault ? { status: 'error' as const } : {})}
        onChange={(event) => onChange({ ...value, expression: event.target.value })}
      />
      <div className="formula-tools">
        <Select<string>
          aria-label={t('insertField')}
          placeholder={t('insertField')}
          value={null}
          showSearch={{ optionFilterProp: 'search' }}
          popupMatchSelectWidth={280}
          options={options}
          onSelect={(path: string) => insert(path)}
        />
        <Select<string>
          aria-label={t('insertFunction')}
          placeholder={t('insertFunction')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={300}
          options={functions}
          onSelect={(name: string) => insert(`${name}()`, 1)}
        />
        <Select<FormulaDraft['result']>
          aria-label={t('result')}
          value={value.result}
          options={results.map((result) => ({ value: result, label: `${t('result')}: ${t(result)}` }))}
          onChange={(result) => onChange({ ...value, result })}
        />
      </div>
      <Trial screen={screen} formula={value} />
      <FaultLine id={id} fault={value.expression.trim() === '' ? fault : undefined} />
    </div>
  )
}

/** The object's fields and, one step further, those of what it refers to. */
function useFieldOptions(screen: ScreenObject) {
  const label = useLabel()
  const { objects } = useObjects()
  const option = (path: string, text: string) => ({
    value: path,
    search: `${text} ${path}`,
    label: (
      <span className="formula-option">
        {text}
        <code className="muted">{path}</code>
      </span>
    ),
  })
  const usable = (field: ScreenField) => canStandInFormula(field.result ?? field.type)
  const further = screen.fields
    .filter((field) => field.type === 'reference')
    .map((field) => {
      const target = objects.find((object) => object.key === field.to)
      return {
        title: field.key,
        label: label(field.label),
        options: (target ? shownFieldsOf(target) : [])
          .filter(usable)
          .map((one) => option(`${field.key}.${one.key}`, label(one.label))),
      }
    })
  const own = shownFieldsOf(screen)
    .filter(usable)
    .map((field) => option(field.key, label(field.label)))
  return [{ title: screen.key, label: label(screen.label), options: own }, ...further]
}

function exampleFor(screen: ScreenObject): string {
  const number = screen.fields.find((field) => field.type === 'money' || field.type === 'number')
  return number ? `ROUND(${number.key} * 0.1, 2)` : `LEFT(${screen.title}, 2)`
}

/** Whether the formula holds, and what it amounts to for the newest records. */
function Trial({ screen, formula }: { readonly screen: ScreenObject; readonly formula: FormulaDraft }) {
  const t = useWords(shapeWords)
  const expression = useLater(formula.expression.trim(), calm)
  const trial = useQuery({
    queryKey: ['shape', 'formula', screen.key, expression, formula.result],
    queryFn: ({ signal }) =>
      call(shapingRoutes.tryFormula, {
        params: { object: screen.key },
        body: { expression, result: formula.result },
        signal,
      }),
    enabled: expression !== '',
    placeholderData: (before) => before,
  })
  if (expression === '') return null
  if (trial.isError) return <FaultLine id="formula-trial" fault={problemText(trial.error)} />
  if (!trial.data) return <span className="muted">{t('formulaChecking')}</span>
  const { fault, samples } = trial.data
  if (fault) return <FaultLine id="formula-trial" fault={fault.message} />
  return (
    <div className="formula-trial" role="status">
      <span className="shape-fine">✓ {t('formulaFine')}</span>
      {samples.length === 0 ? (
        <p className="muted">{t('noSamples')}</p>
      ) : (
        <dl aria-label={t('samples')}>
          {samples.map((sample) => (
            <div key={sample.id}>
              <dt className="ellipsis">{sample.title}</dt>
              <dd className="num">{shownValue(sample.value, t('emptyValue'), [t('yes'), t('no')])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function shownValue(value: unknown, empty: string, [yes, no]: readonly [string, string]): string {
  if (value === null || value === undefined || value === '') return empty
  if (typeof value === 'boolean') return value ? yes : no
  const text = String(value)
  return /^-?\d+(\.\d+)?$/.test(text) ? grouped(text) : text
}
