const { Hls, tus } = globalThis
const element = (id) => document.getElementById(id)

/** Straight to Reelmill, in pieces; what was cut off goes on where it was. */
async function upload(file) {
  const asked = { method: 'POST', body: JSON.stringify({ title: file.name }) }
  const { endpoint, ticket } = await (await fetch('/tickets', asked)).json()
  element('progress').hidden = false
  new tus.Upload(file, {
    endpoint,
    metadata: { ticket, filename: file.name, filetype: file.type },
    chunkSize: 16 * 1024 * 1024,
    onProgress: (sent, total) => {
      element('progress').value = sent / total
    },
    onSuccess: () => {
      element('progress').hidden = true
    },
    onError: (error) => {
      element('trouble').textContent = error.message
    },
  }).start()
}

let hls = null

function play(address) {
  const video = element('video')
  video.hidden = false
  hls?.destroy()
  hls = new Hls({ startPosition: 0 })
  hls.loadSource(address)
  hls.attachMedia(video)
  // Without a click a browser may refuse; then its own button is there.
  video.play().catch(() => undefined)
}

function listItem({ id, title, state, hls: address, failure }) {
  const item = document.createElement('li')
  item.dataset.id = id
  item.dataset.state = state
  item.textContent = `${title}: ${failure ?? state} `
  if (address) {
    const button = document.createElement('button')
    button.textContent = 'Play'
    button.addEventListener('click', () => play(address))
    item.append(button)
  }
  return item
}

let shown = ''

async function showFilms() {
  const text = await (await fetch('/films')).text()
  if (text !== shown) element('films').replaceChildren(...JSON.parse(text).map(listItem))
  shown = text
}

element('file').addEventListener('change', ({ target }) => void upload(target.files[0]))
setInterval(() => void showFilms(), 1000)
void showFilms()
