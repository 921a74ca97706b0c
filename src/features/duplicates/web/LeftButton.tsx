import { useState } from 'react'
import { Button, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { LoadingState } from '#web/kit/PageStates.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { mergeRoutes } from '../contract.ts'
import { duplicateWords } from './words.ts'

/** Opens what an undo left as it is, and why. */
export function LeftButton({ id, count }: { readonly id: string; readonly count: number }) {
  const t = useWords(duplicateWords)
  const [isOpen, setOpen] = useState(false)
  const merge = useQuery({
    queryKey: ['duplicates', 'merge', id],
    queryFn: ({ signal }) => call(mergeRoutes.show, { params: { id }, signal }),
    enabled: isOpen,
  })
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('left', { n: count })}
      </Button>
      <Modal open={isOpen} title={t('leftTitle')} footer={null} onCancel={() => setOpen(false)}>
        {merge.data ? (
          <ul className="duplicates-rows">
            {merge.data.skipped.map((one) => (
              <li key={one.id}>
                <PageLink to={`/records/${one.object}/${one.id}`}>{one.title ?? t('unnamed')}</PageLink>{' '}
                <span className="muted">{one.faults.map(({ message }) => message).join(' ')}</span>
              </li>
            ))}
          </ul>
        ) : (
          <LoadingState rows={3} />
        )}
      </Modal>
    </>
  )
}
