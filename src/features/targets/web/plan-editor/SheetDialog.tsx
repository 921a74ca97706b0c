import { UploadOutlined } from '@ant-design/icons'
import { Alert, App, Button, Input, Modal, Upload } from 'antd'
import { parse } from 'csv-parse/browser/esm/sync'
import { useState } from 'react'
import { amountText } from '#web/kit/amount-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { DifferenceTable } from './DifferenceTable.tsx'
import { readSheet, readSheetFile, type OpenPlan, type SheetReply } from './use-plan.ts'
import type { PlanWorkbench } from './use-plan-work.ts'
import { planWords } from './words.ts'

interface SheetDialogProps {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly onClose: () => void
}

/** A wide sheet, pasted or from a file: differences, sums and what was left out are shown; then it lies in the grid, unsaved. */
export function SheetDialog({ open, bench, onClose }: SheetDialogProps) {
  const t = useWords(planWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const [reply, setReply] = useState<SheetReply>()
  const [isReading, setReading] = useState(false)

  const show = async (reading: Promise<SheetReply>) => {
    setReading(true)
    try {
      setReply(await reading)
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setReading(false)
    }
  }
  const adopt = () => {
    if (!reply) return
    bench.discard()
    if (bench.act({ kind: 'cells', changes: reply.changes })) onClose()
  }
  return (
    <Modal
      open
      title={t('importSheet')}
      width={760}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {reply ? (
            <Button type="primary" disabled={reply.changes.length === 0} onClick={adopt}>
              {t('adopt', { n: reply.changes.length })}
            </Button>
          ) : (
            <Button
              type="primary"
              disabled={text.trim() === ''}
              loading={isReading}
              onClick={() => void show(readSheet(open.plan.id, cellsOf(text)))}
            >
              {t('readSheet')}
            </Button>
          )}
        </>
      }
    >
      <p className="muted">{t('sheetHint')}</p>
      {bench.isDirty && <Alert type="warning" showIcon title={t('sheetDropsDraft')} />}
      <div className="plan-sheet-ways">
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            setText('')
            void show(readSheetFile(open.plan.id, file))
            return false
          }}
        >
          <Button icon={<UploadOutlined />} loading={isReading && text === ''}>
            {t('chooseFile')}
          </Button>
        </Upload>
        <Button type="link" href={`/api/v1/plans/${open.plan.id}/workbook`} download>
          {t('sheetTemplate')}
        </Button>
      </div>
      <Input.TextArea
        className="plan-sheet-text num"
        aria-label={t('sheetText')}
        rows={6}
        placeholder={t('sheetExample')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setReply(undefined)
        }}
      />
      {reply && <SheetFindings open={open} bench={bench} reply={reply} />}
    </Modal>
  )
}

function SheetFindings({
  open,
  bench,
  reply,
}: {
  readonly open: OpenPlan
  readonly bench: PlanWorkbench
  readonly reply: SheetReply
}) {
  const t = useWords(planWords)
  const label = useLabel()
  const monthName = (month: number) => {
    const named = open.months[month - 1]
    return named ? label(named.label) : ''
  }
  return (
    <div className="plan-sheet-findings">
      {reply.mismatches.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('sheetSums', { n: reply.mismatches.length })}
          description={
            <ul>
              {reply.mismatches.slice(0, 8).map((each) => (
                <li key={`${each.node}:${each.month}`}>
                  {each.name} {monthName(each.month)}: {amountText(each.own, open.plan.measure)} ≠{' '}
                  {amountText(each.children, open.plan.measure)}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {reply.outdated && (
        <Alert
          type="warning"
          showIcon
          title={t('outdated', { n: reply.outdated.version, names: reply.outdated.names })}
          description={
            reply.outdated.both.length > 0 ? t('outdatedBoth', { n: reply.outdated.both.length }) : undefined
          }
        />
      )}
      {reply.crossings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('crossingsFound', { n: reply.crossings.length })}
          description={
            <ul>
              {reply.crossings.slice(0, 8).map(({ node, month, message }) => (
                <li key={`${node}:${month}`}>{message}</li>
              ))}
            </ul>
          }
        />
      )}
      {reply.faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('sheetFaults', { n: reply.faults.length })}
          description={
            <ul>
              {reply.faults.slice(0, 8).map((fault, at) => (
                <li key={at}>
                  {fault.row > 0 && t('sheetRow', { row: fault.row, column: fault.column })} {fault.text}:{' '}
                  {fault.message}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <p>{reply.changes.length === 0 ? t('sheetSame') : t('sheetChanges', { n: reply.changes.length })}</p>
      {reply.changes.length > 0 && (
        <DifferenceTable
          measure={open.plan.measure}
          height={260}
          lines={reply.changes.map((change) => ({
            key: `${change.node}:${change.month}`,
            name: bench.names.get(change.node) ?? '',
            month: monthName(change.month),
            before: change.before,
            after: change.after,
          }))}
        />
      )}
    </div>
  )
}

/** Spreadsheets put tabs between cells, files commas. */
function cellsOf(text: string): string[][] {
  const delimiter = text.includes('\t') ? '\t' : ','
  return parse(text, { delimiter, bom: true, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true })
}
