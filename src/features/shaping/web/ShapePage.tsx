import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { ObjectDialog } from './ObjectDialog.tsx'
import { ObjectList } from './ObjectList.tsx'
import { ObjectShape } from './ObjectShape.tsx'
import { useShape } from './use-shape.ts'
import { shapeWords } from './words.ts'
import './shape.css'

/** All objects, or the one that the address names. */
export function ShapePage() {
  const t = useWords(shapeWords)
  const { object: key } = useAddress()
  const shape = useShape()
  const [isMaking, setMaking] = useState(false)
  if (key !== undefined && shape.data) {
    const object = shape.data.objects.find((one) => one.key === key && one.deletedAt === null)
    if (object) return <ObjectShape key={key} object={object} shape={shape.data} />
    const back = <PageLink to="/shape">{t('back')}</PageLink>
    return <EmptyState title={t('gone')} text={t('goneText')} action={back} />
  }
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t('newObject')}
    </Button>
  )
  return (
    <BoardPage title={t('title')} note={t('note')} actions={add}>
      {shape.isPending && <LoadingState rows={10} />}
      {shape.isError && !shape.data && <ErrorState problem={shape.error} onRetry={() => void shape.refetch()} />}
      {shape.data && <ObjectList shape={shape.data} />}
      {isMaking && <ObjectDialog onClose={() => setMaking(false)} />}
    </BoardPage>
  )
}
