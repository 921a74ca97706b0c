import { Alert, Button } from 'antd'
import { SafetyOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { beginSsoRoute } from '../contract.ts'
import { doorWords } from './words.ts'

/** Leads to the company's identity provider, and back to where the visitor wanted to go. */
export function SsoButton({ company, name }: { readonly company: string; readonly name: string }) {
  const t = useWords(doorWords)
  const begin = useMutation({
    mutationFn: () => {
      const next = new URLSearchParams(window.location.search).get('next')
      return call(beginSsoRoute, { body: { company, ...(next ? { next } : {}) } })
    },
    onSuccess: ({ url }) => window.location.assign(url),
  })
  return (
    <>
      {begin.isError && <Alert type="error" showIcon title={problemText(begin.error)} className="entry-alert" />}
      <Button
        size="large"
        block
        icon={<SafetyOutlined />}
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        {t('signInBy', { name })}
      </Button>
    </>
  )
}
