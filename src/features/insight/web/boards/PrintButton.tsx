import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { boardWords } from './words.ts'

/** To paper, or to a PDF: the browser makes both from the page's print form. */
export function PrintButton() {
  const t = useWords(boardWords)
  return <Button icon={<PrinterOutlined />} aria-label={t('print')} onClick={() => window.print()} />
}
