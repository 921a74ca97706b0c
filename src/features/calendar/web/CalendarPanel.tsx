import { App, Button, Space, Typography } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { calendarRoutes } from '../contract.ts'
import { calendarWords } from './words.ts'

const queryKey = ['calendar'] as const

/** Makes, renews and ends the address of the own calendar. */
export function CalendarPanel() {
  const t = useWords(calendarWords)
  const { message } = App.useApp()
  const client = useQueryClient()
  const shown = useQuery({ queryKey, queryFn: ({ signal }) => call(calendarRoutes.show, { signal }) })
  const after = {
    onSuccess: () => void client.invalidateQueries({ queryKey }),
    onError: (problem: unknown) => void message.error(problemText(problem)),
  }
  const renew = useMutation({ mutationFn: () => call(calendarRoutes.renew, {}), ...after })
  const revoke = useMutation({ mutationFn: () => call(calendarRoutes.revoke, {}), ...after })
  const isOn = (shown.data?.feed ?? null) !== null
  const stop = async () => {
    await revoke.mutateAsync()
    renew.reset()
    void message.success(t('stopped'))
  }
  return (
    <Panel title={t('title')}>
      <p className="muted">{isOn ? t('isOn') : t('text')}</p>
      {isOn && renew.data && (
        <>
          <Typography.Paragraph code copyable={{ text: renew.data.url }}>
            {renew.data.url}
          </Typography.Paragraph>
          <p className="muted">{t('once')}</p>
        </>
      )}
      <Space wrap>
        <Button loading={renew.isPending} onClick={() => renew.mutate()}>
          {t(isOn ? 'renew' : 'make')}
        </Button>
        {isOn && (
          <Button danger loading={revoke.isPending} onClick={() => void stop()}>
            {t('revoke')}
          </Button>
        )}
      </Space>
    </Panel>
  )
}
