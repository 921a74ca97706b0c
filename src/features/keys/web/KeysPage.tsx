import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { keyMake, keyManage } from '../permissions.ts'
import { KeyLine } from './KeyLine.tsx'
import { NewKey } from './NewKey.tsx'
import { useKeys } from './use-keys.ts'
import { keyWords } from './words.ts'
import './keys.css'

/** The own API keys, made and revoked; for administrators everybody's. */
export function KeysPage() {
  const t = useWords(keyWords)
  const mayMake = useMay(keyMake)
  const mayManage = useMay(keyManage)
  const [isMaking, setMaking] = useState(false)
  const actions = (
    <>
      <Button href="/api/docs" target="_blank">
        {t('docs')}
      </Button>
      {mayMake && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t('add')}
        </Button>
      )}
    </>
  )
  return (
    <BoardPage title={t('title')} note={t('note')} actions={actions}>
      <KeyPanel whose="mine" />
      {mayManage && <KeyPanel whose="everybodys" />}
      {isMaking && <NewKey onClose={() => setMaking(false)} />}
    </BoardPage>
  )
}

function KeyPanel({ whose }: { readonly whose: 'mine' | 'everybodys' }) {
  const t = useWords(keyWords)
  const keys = useKeys(whose)
  const listed = keys.data?.keys ?? []
  return (
    <Panel title={t(whose)} flush>
      {keys.isPending && <LoadingState rows={3} />}
      {keys.isError && !keys.data && <ErrorState problem={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data && listed.length === 0 && <p className="muted key-empty">{t('none')}</p>}
      {listed.length > 0 && (
        <ul className="key-lines">
          {listed.map((key) => (
            <KeyLine key={key.id} apiKey={key} withPerson={whose === 'everybodys'} />
          ))}
        </ul>
      )}
    </Panel>
  )
}
