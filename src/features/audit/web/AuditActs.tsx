import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import type { AuditNarrowing } from '../contract.ts'
import { exportAddress, sealLine } from './use-audit.ts'
import { auditWords } from './words.ts'

/** The log as a file, and the seal that is kept elsewhere. */
export function AuditActs({ narrowing }: { readonly narrowing: AuditNarrowing }) {
  const t = useWords(auditWords)
  const { message } = App.useApp()
  const keepSeal = async () => {
    try {
      const line = await sealLine()
      if (line === undefined) void message.info(t('noSeal'))
      else save(new Blob([line], { type: 'application/jsonl' }), 'terrace-seal.jsonl')
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const link = (format: 'csv' | 'xlsx', words: string) => ({
    key: format,
    label: (
      <a href={exportAddress(narrowing, format)} download>
        {words}
      </a>
    ),
  })
  return (
    <>
      <Button icon={<SafetyCertificateOutlined />} onClick={() => void keepSeal()}>
        {t('keepSeal')}
      </Button>
      <Dropdown trigger={['click']} menu={{ items: [link('xlsx', t('exportXlsx')), link('csv', t('exportCsv'))] }}>
        <Button icon={<DownloadOutlined />}>{t('export')}</Button>
      </Dropdown>
    </>
  )
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
