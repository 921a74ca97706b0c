import { useState } from 'react'
import { Alert, Button, Input } from 'antd'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { keepSizesRoute } from '../contract.ts'
import { columns, readRows, type Column, type ReadRows, type RowFault } from './read-rows.ts'
import { useMarketActs } from './use-market-acts.ts'
import { marketWords } from './words.ts'

/** Sizes pasted from a sheet; `industries` are those that a unit covers, undefined until they are known. What cannot be kept stays in the box with its line, its column and why. */
export function PastePanel({ industries }: { readonly industries: readonly string[] | undefined }) {
  const t = useWords(marketWords)
  const { today } = useMe()
  const act = useMarketActs()
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<readonly string[]>([])
  const read = readRows(text, today)
  const inLine: InLine = (line, column, reason) =>
    t('lineFault', { line, column: column ? t(columnWords[column]) : t('wholeLine'), reason })
  const keep = async () => {
    const problem = await act(
      () => call(keepSizesRoute, { body: { sizes: read.rows.map(({ size }) => size) } }),
      t('kept', { n: read.rows.length }),
    )
    setRefused(problem === undefined ? [] : refusalsIn(problem, read, inLine))
    if (problem === undefined) setText(linesLeft(text, read))
  }
  const reasons = [
    ...read.faults.map(({ line, column, code, text: cell }) =>
      inLine(line, column, t(reasonWords[code], { text: cell })),
    ),
    ...refused,
  ]
  const uncovered = industries
    ? [...new Set(read.rows.map(({ size }) => size.industry))].filter((one) => one !== '' && !industries.includes(one))
    : []
  return (
    <Panel title={t('paste')}>
      <p className="muted" id="market-paste-help">
        {t('pasteHelp')}
      </p>
      <Input.TextArea
        aria-label={t('paste')}
        aria-describedby="market-paste-help"
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setRefused([])
        }}
      />
      {reasons.length > 0 && (
        <Alert
          className="market-faults"
          type="warning"
          showIcon
          title={t('notKept')}
          description={
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          }
        />
      )}
      {uncovered.length > 0 && (
        <Alert
          className="market-faults"
          type="info"
          showIcon
          title={t('uncovered', { industries: uncovered.map((one) => `“${one}”`).join(t('between')) })}
        />
      )}
      <p className="market-acts">
        <Button type="primary" disabled={read.rows.length === 0} onClick={() => void keep()}>
          {t('keep')}
        </Button>{' '}
        <span aria-live="polite">
          {text.trim() !== '' && t('rows', { n: read.rows.length })}
          {read.hasHeading && ` · ${t('heading')}`}
        </span>
      </p>
    </Panel>
  )
}

const columnWords = {
  region: 'region',
  industry: 'industry',
  from: 'firstDay',
  to: 'lastDay',
  amount: 'amount',
  currency: 'currency',
  source: 'source',
  toldOn: 'toldOn',
  confidence: 'confidence',
} as const satisfies Record<Column, string>

const reasonWords = {
  columns: 'columns',
  day: 'day',
  amount: 'amountFault',
  missing: 'missing',
  future: 'future',
  confidence: 'confidenceFault',
} as const satisfies Record<RowFault['code'], string>

type InLine = (line: number, column: Column | null, reason: string) => string

/** What the server refused, by the lines of the box: `sizes.3.region` is the fourth line that was sent. */
function refusalsIn(problem: unknown, { rows }: ReadRows, inLine: InLine): readonly string[] {
  if (!(problem instanceof ApiProblem) || problem.faults.length === 0) return [problemText(problem)]
  return problem.faults.map(({ field, message }) => {
    const [, at = '', name = ''] = field.split('.')
    const column = columns.find((one) => one === name)
    const line = rows[Number(at)]?.line
    if (line === undefined) return message
    return inLine(line, column ?? null, message)
  })
}

/** The lines that were not kept, to be mended. */
function linesLeft(text: string, { rows, faults }: ReadRows): string {
  if (faults.length === 0) return ''
  const kept = new Set(rows.map(({ line }) => line))
  return text
    .split(/\r?\n/)
    .filter((line, at) => !kept.has(at + 1) && line.trim() !== '')
    .join('\n')
}
