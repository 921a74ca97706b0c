import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useObject } from '#features/objects/web/index.tsx'
import type { CallReply } from '#web/api/call.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { shapingRoutes } from '../contract.ts'
import { FieldDrawer } from './FieldDrawer.tsx'
import { FieldList } from './FieldList.tsx'
import { FormDesigner } from './FormDesigner.tsx'
import { ObjectDialog } from './ObjectDialog.tsx'
import { RuleList } from './RuleList.tsx'
import { setupOf, type ShapedField, type ShapedObject } from './use-shape.ts'
import { shapeWords } from './words.ts'

interface ObjectShapeProps {
  readonly object: ShapedObject
  readonly shape: CallReply<typeof shapingRoutes.show>
}

/** One object: its fields, its form, its rules. */
export function ObjectShape({ object, shape }: ObjectShapeProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const { part = 'fields' } = useAddress()
  const change = useChangeAddress()
  const screen = useObject(object.key)
  const [edited, setEdited] = useState<ShapedField | 'new'>()
  const [isRenaming, setRenaming] = useState(false)
  const fields = shape.fields.filter((field) => field.object === object.key)
  const setup = setupOf(shape, object.key)
  const editByKey = (key: string) => setEdited(fields.find((field) => field.key === key && field.deletedAt === null))
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('addField')}
    </Button>
  )
  return (
    <BoardPage
      crumbs={<PageLink to="/shape">{t('back')}</PageLink>}
      title={label(object.label)}
      note={<PageLink to={`/records/${object.key}`}>{t('openList')}</PageLink>}
      actions={
        <>
          {object.custom && <Button onClick={() => setRenaming(true)}>{t('renameObject')}</Button>}
          {add}
        </>
      }
    >
      {screen ? (
        <Tabs
          className="shape-tabs"
          activeKey={part}
          onChange={(key) => change({ part: key === 'fields' ? undefined : key }, { isQuiet: true })}
          items={[
            {
              key: 'fields',
              label: t('fields'),
              children: <FieldList screen={screen} fields={fields} onEdit={setEdited} />,
            },
            {
              key: 'form',
              label: t('form'),
              children: <FormDesigner screen={screen} setup={setup} onEditField={editByKey} />,
            },
            { key: 'rules', label: t('rules'), children: <RuleList screen={screen} setup={setup} /> },
          ]}
        />
      ) : (
        <LoadingState rows={8} />
      )}
      {edited && screen && (
        <FieldDrawer
          screen={screen}
          field={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isRenaming && <ObjectDialog object={object} onClose={() => setRenaming(false)} />}
    </BoardPage>
  )
}
