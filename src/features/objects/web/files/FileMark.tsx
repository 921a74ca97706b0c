import type { ReactNode } from 'react'
import {
  AudioOutlined,
  FileExcelOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
  FileZipOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import { endingOf, kindOf } from '#engine/files/file-kinds.ts'

const marks: Readonly<Record<string, ReactNode>> = {
  pdf: <FilePdfOutlined />,
  ofd: <FilePdfOutlined />,
  doc: <FileWordOutlined />,
  docx: <FileWordOutlined />,
  wps: <FileWordOutlined />,
  xls: <FileExcelOutlined />,
  xlsx: <FileExcelOutlined />,
  et: <FileExcelOutlined />,
  csv: <FileExcelOutlined />,
  ppt: <FilePptOutlined />,
  pptx: <FilePptOutlined />,
  zip: <FileZipOutlined />,
  rar: <FileZipOutlined />,
  '7z': <FileZipOutlined />,
}

const byClass: Readonly<Record<string, ReactNode>> = {
  image: <FileImageOutlined />,
  audio: <AudioOutlined />,
  video: <VideoCameraOutlined />,
  text: <FileTextOutlined />,
}

/** What kind of file it is, at a glance; the name says it in letters. */
export function FileMark({ name }: { readonly name: string }) {
  const [mediaClass = ''] = kindOf(name)?.type.split('/') ?? []
  return (
    <span className="file-mark" data-kind={endingOf(name)} aria-hidden>
      {marks[endingOf(name)] ?? byClass[mediaClass] ?? <FileOutlined />}
    </span>
  )
}
