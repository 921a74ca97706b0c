import { useState } from 'react'
import { AppstoreOutlined, MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { objectsRoutes } from '#features/objects/contract.ts'
import { call, type CallReply } from '#web/api/call.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { kitWords } from '#web/kit/words.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { shapingRoutes } from '../contract.ts'
import { ObjectDialog } from './ObjectDialog.tsx'
import { RecentlyDeleted } from './RecentlyDeleted.tsx'
import { useShapeActs, type ShapedObject } from './use-shape.ts'
import { shapeWords } from './words.ts'

type Shape = CallReply<typeof shapingRoutes.show>

/** Every object with its fields counted; the company's own ones first. */
export function ObjectList({ shape }: { readonly shape: Shape }) {
  const t = useWords(shapeWords)
  const acts = useShapeActs()
  const [renamed, setRenamed] = useState<ShapedObject>()
  const live = shape.objects.filter((object) => object.deletedAt === null)
  const own = live.filter((object) => object.custom)
  const gone = shape.objects.filter((object) => object.deletedAt !== null)
  const ownFieldsOf = ({ key }: ShapedObject) =>
    shape.fields.filter((field) => field.object === key && field.deletedAt === null).length
  const row = (object: ShapedObject) => (
    <ObjectRow key={object.key} object={object} ownFields={ownFieldsOf(object)} onRename={setRenamed} />
  )
  return (
    <>
      <Panel title={t('own')} flush>
        {own.length > 0 ? (
          <ul className="shape-rows">{own.map(row)}</ul>
        ) : (
          <p className="muted shape-empty">{t('ownEmpty')}</p>
        )}
      </Panel>
      <Panel title={t('standard')} flush>
        <ul className="shape-rows">{live.filter((object) => !object.custom).map(row)}</ul>
      </Panel>
      <RecentlyDeleted
        things={gone.map((object) => ({
          key: object.key,
          label: object.label,
          purgedOn: object.purgedOn,
          onRestore: () => acts.restoreObject(object),
        }))}
      />
      {renamed && <ObjectDialog object={renamed} onClose={() => setRenamed(undefined)} />}
    </>
  )
}

interface ObjectRowProps {
  readonly object: ShapedObject
  readonly ownFields: number
  readonly onRename: (object: ShapedObject) => void
}

function ObjectRow({ object, ownFields, onRename }: ObjectRowProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const remove = useRemoveObject()
  const name = label(object.label)
  return (
    <li className="shape-row">
      <span className="shape-icon" aria-hidden>
        <AppstoreOutlined />
      </span>
      <PageLink to="/shape" search={{ object: object.key }} className="shape-name">
        {name}
      </PageLink>
      <span className="muted shape-kind">
        {[
          t('standardCount', { n: object.standardFields }),
          ...(ownFields > 0 ? [t('ownFields', { n: ownFields })] : []),
        ].join(' · ')}
      </span>
      <span className="shape-acts">
        {object.custom && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'rename', label: t('renameObject'), onClick: () => onRename(object) },
                { key: 'remove', danger: true, label: t('remove'), onClick: () => void remove(object) },
              ],
            }}
          >
            <Button type="text" aria-label={t('more', { name })} icon={<MoreOutlined />} />
          </Dropdown>
        )}
      </span>
    </li>
  )
}

/** Asks first, naming how many records go with it. */
function useRemoveObject() {
  const t = useWords(shapeWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { modal, message } = App.useApp()
  const acts = useShapeActs()
  return async (object: ShapedObject) => {
    const name = label(object.label)
    const { count } = await call(objectsRoutes.totals, { params: { object: object.key }, body: {} })
    modal.confirm({
      title: t('removeObject', { name }),
      content: t('removeObjectText', { n: count }),
      okText: t('remove'),
      cancelText: k('cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        if (await acts.deleteObject(object)) void message.success(t('deleted', { name }))
      },
    })
  }
}
