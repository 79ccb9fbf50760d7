import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { waitFor } from '../../test/support/wait-for.ts'

/** A web server to be compared with. */
export interface NginxProcess {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts nginx on the files of a folder, with one worker; null where it is not installed. */
export async function startNginx(root: string, scratch: string): Promise<NginxProcess | null> {
  const { failed } = await execa('nginx', ['-v'], { reject: false })
  if (failed) return null
  const port = await findFreePort()
  const folder = join(scratch, 'nginx')
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'nginx.conf')
  await writeFile(path, configure({ port, folder, root }))
  const child = execa('nginx', ['-p', folder, '-c', path], { reject: false, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await waitFor('nginx', () => fetch(url).then(Boolean, () => null))
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await child
    },
  }
}

/** As an operator would serve films: from the page cache by sendfile, without a log. */
function configure(place: { port: number; folder: string; root: string }): string {
  const { port, folder, root } = place
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
