const element = (name) => document.getElementById(name)
let next = null

/** The key is kept until the tab is closed. */
function headers() {
  const key = sessionStorage.getItem('key')
  return key ? { authorization: `Bearer ${key}` } : {}
}

async function loadVideos() {
  const query = next ? `?cursor=${encodeURIComponent(next)}` : ''
  const response = await fetch(`api/v1/videos${query}`, { headers: headers() })
  element('key-form').hidden = response.status !== 401
  if (!response.ok) {
    // The form for the key says enough.
    showFailure(response.status === 401 ? null : await problemOf(response))
    return
  }
  const page = await response.json()
  next = page.next
  element('videos').append(...page.videos.map(listItem))
  element('none').hidden = element('videos').childElementCount > 0
  element('more').hidden = next === null
}

function listItem(video) {
  const link = document.createElement('a')
  link.href = `watch/${video.id}`
  link.textContent = video.name
  const state = document.createElement('span')
  state.className = video.state === 'failed' ? 'failure' : 'quiet'
  state.textContent = video.error?.message ?? video.state
  const item = document.createElement('li')
  item.append(link, state)
  return item
}

async function problemOf(response) {
  const problem = await response.json()
  return problem.detail
}

function showFailure(sentence) {
  element('failure').textContent = sentence ?? ''
  element('failure').hidden = !sentence
}

/** fetch() does not tell how much was sent; XMLHttpRequest does. */
function upload(file) {
  const form = new FormData()
  form.append('name', file.name)
  form.append('videoFile', file)
  const request = new XMLHttpRequest()
  request.open('POST', 'api/v1/videos/upload')
  for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => {
    element('upload-progress').value = total > 0 ? loaded / total : 0
  }
  return new Promise((resolve) => {
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = () => resolve({ status: 0, body: { detail: 'The connection broke off.' } })
    request.send(form)
  })
}

async function uploadChosen() {
  const [file] = element('file').files
  element('upload').disabled = true
  element('upload-progress').hidden = false
  showFailure(null)
  const { status, body } = await upload(file)
  element('upload').disabled = false
  element('upload-progress').hidden = true
  if (status === 201) location.href = `watch/${body.id}`
  else showFailure(body?.detail ?? 'The upload failed.')
}

element('upload-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void uploadChosen()
})

element('key-form').addEventListener('submit', (event) => {
  event.preventDefault()
  sessionStorage.setItem('key', element('key').value)
  void loadVideos()
})

element('more').addEventListener('click', () => void loadVideos())
void loadVideos()
