// News from the server while the page is open. The browser reconnects by itself and says where it was.

export class Live {
  constructor({ onNews, onLost, onBack }) {
    Object.assign(this, { onNews, onLost, onBack });
    addEventListener("pagehide", () => this.close());
  }

  open(query) {
    this.close();
    const source = new EventSource(`/chat/stream?${new URLSearchParams(query)}`);
    this.source = source;
    source.addEventListener("message", (event) => {
      if (source !== this.source) return;
      if (this.lost) { this.lost = false; this.onBack(); }
      this.onNews(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      if (source !== this.source) return;
      const closed = source.readyState === EventSource.CLOSED;
      if (!this.lost) { this.lost = true; this.onLost(); }
      if (closed) this.retry = setTimeout(() => this.open(query), 3000);
    });
  }

  close() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }
}
