import { useId, useState } from 'react'
import { App, Modal } from 'antd'
import type { Label } from '#base/label.ts'
import { useObject } from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { kitWords } from '#web/kit/words.ts'
import { useGo } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { shapingRoutes } from '../contract.ts'
import { inBoth } from './field-draft.ts'
import { partFault } from './faults.ts'
import { LabelInput } from './LabelInput.tsx'
import { useRefusal } from './use-refusal.tsx'
import { useReread, type ShapedObject } from './use-shape.ts'
import { shapeWords } from './words.ts'

const none: Label = { zh: '', en: '' }

interface ObjectDialogProps {
  /** The object to rename; absent: a new one. */
  readonly object?: ShapedObject
  readonly onClose: () => void
}

/** Names an object, its list and the name of its records. */
export function ObjectDialog({ object, onClose }: ObjectDialogProps) {
  const t = useWords(shapeWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const go = useGo()
  const { message } = App.useApp()
  const id = useId()
  const reread = useReread()
  const refuse = useRefusal()
  const known = useObject(object?.key ?? '')
  const [name, setName] = useState<Label>(object?.label ?? none)
  const [many, setMany] = useState<Label>(object?.labelOfMany ?? none)
  const [recordName, setRecordName] = useState<Label>(
    known?.fields.find((field) => field.key === 'name')?.label ?? none,
  )
  const [problem, setProblem] = useState<unknown>()
  const [isNameless, setNameless] = useState(false)
  const [isBusy, setBusy] = useState(false)

  const save = async () => {
    const given = inBoth(name)
    setNameless(given.zh === '')
    if (given.zh === '') return
    // A list named in one language alone is called like the object in the other.
    const list = inBoth({ zh: many.zh.trim() || given.zh, en: many.en.trim() || given.en })
    const title = inBoth(recordName)
    const body = {
      label: given,
      labelOfMany: list,
      ...(title.zh ? { nameLabel: title } : {}),
    }
    setBusy(true)
    try {
      const { key } = object
        ? await call(shapingRoutes.changeObject, { params: { object: object.key }, body })
        : await call(shapingRoutes.createObject, { body })
      await reread()
      void message.success(object ? t('saved') : t('created', { name: label(given) }))
      onClose()
      if (!object) go('/shape', { object: key })
    } catch (refusal) {
      setProblem(refusal)
      if (!parts.some((part) => partFault(refusal, part))) refuse(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t(object ? 'renameObject' : 'newObject')}
      okText={k('save')}
      cancelText={k('cancel')}
      closable={{ 'aria-label': k('close') }}
      confirmLoading={isBusy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <form className="shape-form" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
        <LabelInput
          id={`${id}-name`}
          name={t('objectName')}
          placeholder={t('objectExample')}
          value={name}
          maxLength={60}
          isRequired
          isFirst
          fault={isNameless ? t('needName') : partFault(problem, 'label')}
          onChange={setName}
        />
        <LabelInput
          id={`${id}-many`}
          name={t('listName')}
          help={t('listHelp')}
          value={many}
          maxLength={60}
          fault={partFault(problem, 'labelOfMany')}
          onChange={setMany}
        />
        <LabelInput
          id={`${id}-record`}
          name={t('recordName')}
          help={t('recordNameHelp')}
          value={recordName}
          maxLength={60}
          fault={partFault(problem, 'nameLabel')}
          onChange={setRecordName}
        />
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}

const parts = ['label', 'labelOfMany', 'nameLabel'] as const
