import { Alert, Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { ChildrenList } from './ChildrenList.tsx'
import type { BeforeDeleting } from './use-bin.ts'
import { useObjectNames } from './use-object-names.ts'
import { binWords } from './words.ts'

interface ChildrenDialogProps {
  readonly title: string
  readonly before: BeforeDeleting
  readonly isBusy: boolean
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** What belongs to a record that somebody deletes: how many of each, and whether all of it goes. */
export function ChildrenDialog({ title, before, isBusy, onRemove, onClose }: ChildrenDialogProps) {
  const t = useWords(binWords)
  const k = useWords(kitWords)
  const nameOf = useObjectNames()
  const language = useLanguage()
  const { children, keptBy } = before
  const along = children.reduce((sum, { deletable }) => sum + deletable, 0)
  const isKept = keptBy.length > 0
  const objects = keptBy.map(nameOf).join(language === 'zh' ? '、' : ', ')
  return (
    <Modal
      open
      title={t('removeTitle', { title })}
      okText={t('removeAlong', { n: (along + 1).toLocaleString('en-US') })}
      cancelText={k('cancel')}
      okButtonProps={{ danger: true, disabled: isKept, loading: isBusy }}
      onOk={onRemove}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      {isKept && <Alert type="warning" showIcon title={t('removeKept', { objects })} />}
      {children.length > 0 && <p>{t('removeAsk')}</p>}
      <ChildrenList of={children} />
    </Modal>
  )
}
