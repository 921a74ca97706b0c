import { Suspense } from 'react'
import { Alert, Modal } from 'antd'
import { ChildrenList, useObjectNames } from '#features/objects/web/index.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'
import { useBeforeDeleting, type BulkAsk } from './use-bulk.ts'

interface BulkDeleteDialogProps {
  readonly object: string
  readonly which: BulkAsk['which']
  readonly count: string
  readonly isBusy: boolean
  readonly onDelete: (act: BulkAsk['act']) => void
  readonly onClose: () => void
}

/** Before many records go: what goes with them, and what will keep some of them. */
export function BulkDeleteDialog({ object, which, count, isBusy, onDelete, onClose }: BulkDeleteDialogProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const nameOf = useObjectNames()
  const before = useBeforeDeleting(object, which)
  const { children = [], keptBy = [], moreThan = null } = before.data ?? {}
  const n = children.reduce((sum, { deletable }) => sum + deletable, 0)
  const along = Object.fromEntries(children.map((one) => [one.object, one.deletable]))
  // Without a count nothing goes along; what has no parts can go all the same.
  const isUncounted = before.isError || moreThan !== null
  const okText = isUncounted
    ? t('deleteBare')
    : n > 0
      ? t('deleteAlong', { n: n.toLocaleString('en-US') })
      : t('delete')
  return (
    <Modal
      open
      title={t('deleteTitle', { n: count })}
      okText={okText}
      cancelText={k('cancel')}
      okButtonProps={{ danger: true, disabled: before.isPending, loading: isBusy }}
      onOk={() => onDelete({ delete: true, ...(n > 0 ? { along } : {}) })}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <p>{t('deleteText')}</p>
      {before.isPending && <LoadingState rows={2} />}
      {before.isError && <ErrorState problem={before.error} onRetry={() => void before.refetch()} />}
      {moreThan !== null && (
        <Alert type="warning" showIcon title={t('deleteMore', { n: moreThan.toLocaleString('en-US') })} />
      )}
      {children.length > 0 && <p>{t('deleteAsk')}</p>}
      <Suspense fallback={<LoadingState rows={2} />}>
        <ChildrenList of={children} />
      </Suspense>
      {keptBy.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('deleteKept', { objects: keptBy.map(nameOf).join(language === 'zh' ? '、' : ', ') })}
        />
      )}
    </Modal>
  )
}
