import { useId, useState } from 'react'
import { Input, Modal, Select } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useRoles } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import type { SavedView, Visibility } from '../contract.ts'
import { useViews } from './use-views.ts'
import { viewWords } from './words.ts'

interface SaveViewDialogProps {
  readonly object: ScreenObject
  /** The view that is renamed; absent: a new one. */
  readonly view: SavedView | undefined
  readonly isBusy: boolean
  readonly onSave: (name: string, visibility: Visibility) => void
  readonly onClose: () => void
}

/** What a view is called and who sees it, as far as the person may share. */
export function SaveViewDialog({ object, view, isBusy, onSave, onClose }: SaveViewDialogProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  const { options: roles } = useRoles()
  const ids = useId()
  const { data } = useViews(object.key)
  const [name, setName] = useState(view?.name ?? '')
  const [visibility, setVisibility] = useState<Visibility>(view?.visibility ?? { to: 'private' })
  const units = data?.sharing.units ?? []
  const offered: readonly (readonly [string, Visibility])[] = [
    [t('private'), { to: 'private' }],
    ...(data?.sharing.everybody
      ? [
          [t('everybody'), { to: 'everybody' }] as const,
          ...roles.map(({ value, label }) => [t('withRole', { role: label }), { to: 'role', role: value }] as const),
        ]
      : []),
    ...units.map((unit) => [t('withUnit', { unit: unit.name }), { to: 'unit', unitId: unit.id }] as const),
  ]
  const options = offered.map(([text, one]) => ({ value: keyOf(one), label: text }))
  const trimmed = name.trim()
  return (
    <Modal
      open
      title={t(view ? 'editView' : 'saveAs')}
      okText={k('save')}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: trimmed === '', loading: isBusy }}
      onOk={() => onSave(trimmed, visibility)}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <div className="bulk-form">
        <label htmlFor={`${ids}-name`}>{t('viewName')}</label>
        <Input
          id={`${ids}-name`}
          autoFocus
          maxLength={60}
          value={name}
          placeholder={t('viewNameHint')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => trimmed && onSave(trimmed, visibility)}
        />
        {options.length > 1 && (
          <>
            <label htmlFor={`${ids}-who`}>{t('sharedWith')}</label>
            <Select<string>
              id={`${ids}-who`}
              value={keyOf(visibility)}
              options={options}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(key) => {
                const found = offered.find(([, one]) => keyOf(one) === key)
                if (found) setVisibility(found[1])
              }}
            />
          </>
        )}
      </div>
    </Modal>
  )
}

function keyOf(visibility: Visibility): string {
  if (visibility.to === 'unit') return `unit:${visibility.unitId}`
  return visibility.to === 'role' ? `role:${visibility.role}` : visibility.to
}
