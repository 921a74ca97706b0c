import { useMemo } from 'react'
import { Alert, App, Modal } from 'antd'
import { FieldValue, titleOf, type Clash, type ScreenObject } from '#features/objects/web/index.tsx'
import { inWords } from '#base/label.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { useBulk } from '../bulk/use-bulk.ts'
import { useBulkNotice } from '../bulk/use-bulk-notice.tsx'
import { viewWords } from '../words.ts'
import { changesOf, readBlock, type PastedCell } from './read-block.ts'
import type { Pasted } from './RecordGrid.tsx'
import { clashesOf } from './clashes-of.ts'
import { usePastedNames } from './use-pasted-names.ts'

interface PasteDialogProps {
  readonly object: ScreenObject
  readonly pasted: Pasted
  /** Rows that somebody else changed meanwhile. */
  readonly onClashes: (clashes: readonly Clash[]) => void
  readonly onClose: () => void
}

/** Rows that one operation takes. */
const mostRows = 500

/** What a pasted block would change, cell by cell, before anything is saved. */
export function PasteDialog({ object, pasted, onClashes, onClose }: PasteDialogProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const { message } = App.useApp()
  const notice = useBulkNotice(object)
  const { saveRows } = useBulk(object.key)
  const names = usePastedNames(object, pasted)
  const rows = useMemo(() => (names ? readBlock(pasted, names, object) : []), [names, object, pasted])
  const all = useMemo(() => changesOf(rows), [rows])
  const changes = all.slice(0, mostRows)
  const cells = changes.reduce((count, change) => count + Object.keys(change.values).length, 0)
  const refused = rows.reduce((count, row) => count + row.cells.filter((cell) => cell.fault).length, 0)
  const lost = pasted.block.length - pasted.rows.length
  const save = async () => {
    try {
      const run = await saveRows.mutateAsync(changes)
      notice(run)
      onClose()
      if (run.refused > 0) onClashes(await clashesOf(object.key, run.id, pasted.rows, changes))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <Modal
      open
      width="min(960px, 94vw)"
      title={t('pasteTitle')}
      okText={t('pasteSave', { n: cells })}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: cells === 0, loading: saveRows.isPending }}
      onOk={() => void save()}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {!names ? (
        <LoadingState rows={4} />
      ) : (
        <>
          {(refused > 0 || lost > 0 || all.length > mostRows) && (
            <Alert
              type="warning"
              className="paste-alert"
              title={[
                refused > 0 && t('pasteRefused', { n: refused }),
                lost > 0 && t('pasteLost', { n: lost }),
                all.length > mostRows && t('pasteMost'),
              ]
                .filter(Boolean)
                .join(' ')}
            />
          )}
          <div className="paste-frame">
            <table className="paste-table">
              <thead>
                <tr>
                  <th scope="col">{label(object.label)}</th>
                  {pasted.fields.map((field) => (
                    <th key={field.key} scope="col">
                      {label(field.label)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ row, cells: read }) => (
                  <tr key={row.id}>
                    <th scope="row">{titleOf(object, row, language)}</th>
                    {read.map((cell) => (
                      <td key={cell.field.key} data-state={stateOf(cell)}>
                        {cell.fault ? (
                          <>
                            <span>{cell.text}</span>
                            <small className="field-fault">
                              {inWords(cell.fault.label, language, cell.fault.params)}
                            </small>
                          </>
                        ) : (
                          <>
                            {!cell.isSame && (
                              <del>
                                <FieldValue field={cell.field} row={row} isDense />
                              </del>
                            )}
                            <FieldValue
                              field={cell.field}
                              row={{
                                ...row,
                                [cell.field.key]: cell.value,
                                names: { ...row.names, [cell.field.key]: cell.name ?? null },
                              }}
                              isDense
                            />
                          </>
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Modal>
  )
}

function stateOf(cell: PastedCell): 'refused' | 'same' | 'new' {
  if (cell.fault) return 'refused'
  return cell.isSame ? 'same' : 'new'
}
