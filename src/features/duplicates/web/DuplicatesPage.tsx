import { Select, Tabs } from 'antd'
import { useObjects } from '#features/objects/web/index.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { useMay } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { duplicatePermissions } from '../contract.ts'
import { GroupList } from './GroupList.tsx'
import { MergeList } from './MergeList.tsx'
import { RuleList } from './RuleList.tsx'
import { duplicateWords } from './words.ts'
import './duplicates.css'

/** Suspected duplicates of an object, the rules by which they are known, and what was merged. */
export function DuplicatesPage() {
  const t = useWords(duplicateWords)
  const label = useLabel()
  const mayManage = useMay(duplicatePermissions[0].key)
  const { object: asked, part = 'groups' } = useAddress()
  const change = useChangeAddress()
  const { objects, isPending } = useObjects()
  const object =
    objects.find(({ key }) => key === asked) ?? objects.find(({ compared }) => compared?.length) ?? objects[0]
  if (isPending || !object) return <LoadingState rows={8} />
  return (
    <BoardPage
      title={t('title')}
      note={t('note')}
      bar={
        <Select<string>
          className="duplicates-object"
          aria-label={t('object')}
          showSearch={{ optionFilterProp: 'label' }}
          value={object.key}
          options={objects.map(({ key, label: name }) => ({ value: key, label: label(name) }))}
          onChange={(key) => change({ object: key })}
        />
      }
    >
      <Tabs
        activeKey={part}
        onChange={(key) => change({ part: key === 'groups' ? undefined : key }, { isQuiet: true })}
        items={[
          {
            key: 'groups',
            label: t('groups'),
            children: <GroupList key={object.key} object={object} mayScan={mayManage} />,
          },
          ...(mayManage
            ? [{ key: 'rules', label: t('rules'), children: <RuleList key={object.key} object={object} /> }]
            : []),
          { key: 'merges', label: t('merges'), children: <MergeList /> },
        ]}
      />
    </BoardPage>
  )
}
