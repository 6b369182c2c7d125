/** 备份: one file that holds everything, to be kept somewhere else. */
import { html } from 'hono/html'
import { consolePage } from '../console-page.ts'
import type { ConsoleRequest, ConsoleRoute } from '../console-request.ts'
import type { BackupService } from '../console-services.ts'
import { formatMoment } from '../format-moment.ts'

export function backupRoutes(backup: BackupService): readonly ConsoleRoute[] {
  return [
    { method: 'get', path: '/backup', least: 'admin', respond: (request) => show(request, backup) },
    { method: 'post', path: '/backup', least: 'admin', respond: () => download(backup) },
  ]
}

async function show(request: ConsoleRequest, backup: BackupService): Promise<Response> {
  const last = await backup.lastCreatedAt()
  const when = last ? formatMoment(last, request.services.timeZone) : '还没有备份过'
  const body = html`<section class="panel"><p>上次备份：${when}</p>
<p class="hint">备份是一个文件，里面有全部文件、版本、任务、人员和记录。请放在另一台机器上，并像保管文件柜钥匙一样保管它。</p>
<form method="post" action="/console/backup"><button class="primary">立即备份并下载</button></form></section>
<section class="panel"><h2>恢复</h2><p>先停掉程序，再在命令行运行：</p><pre><code>npm run bot -- restore 备份文件</code></pre></section>`
  return consolePage(request, { title: '备份', section: '/console/backup', body })
}

async function download(backup: BackupService): Promise<Response> {
  const { fileName, content } = await backup.create()
  return new Response(content.stream(), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    },
  })
}
