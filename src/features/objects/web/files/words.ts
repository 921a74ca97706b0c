import { defineWords } from '#web/words/words.ts'

export const fileWords = defineWords('files', {
  files: { zh: '附件', en: 'Files' },
  add: { zh: '添加附件', en: 'Add files' },
  choose: { zh: '选择文件', en: 'Choose a file' },
  chooseImage: { zh: '选择图片', en: 'Choose an image' },
  photo: { zh: '拍照', en: 'Take a photo' },
  dropHint: { zh: '可拖放文件到这里，或直接粘贴截图', en: 'Drop files here, or paste a screenshot' },
  dropHere: { zh: '松开即可上传', en: 'Let go to upload' },
  none: { zh: '还没有附件', en: 'No files yet' },
  noneText: {
    zh: '把合同、报价单、现场照片放在这里，看得到这条记录的同事都能打开。',
    en: 'Keep contracts, quotes and photos here: everybody who sees this record can open them.',
  },
  open: { zh: '查看图片 {name}', en: 'Look at the image {name}' },
  save: { zh: '下载 {name}', en: 'Download {name}' },
  remove: { zh: '删除 {name}', en: 'Delete {name}' },
  takeOut: { zh: '移除 {name}', en: 'Take {name} out' },
  removed: { zh: '已删除“{name}”', en: '“{name}” was deleted' },
  uploading: { zh: '正在上传 {name}', en: 'Uploading {name}' },
  stop: { zh: '停止上传 {name}', en: 'Stop uploading {name}' },
  failed: { zh: '{name}：{why}', en: '{name}: {why}' },
  dismiss: { zh: '知道了', en: 'Dismiss' },
  system: { zh: '系统', en: 'System' },
  limits: {
    zh: '单个文件不超过 {most}；全公司附件共 {bytes}',
    en: 'Up to {most} each; the company keeps {bytes} in all',
  },
  ofField: { zh: '字段：{field}', en: 'Field: {field}' },
})
