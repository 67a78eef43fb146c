# The version of Python that the tests run on; the tag follows its security releases.
FROM python:3.11-slim-bookworm

# The log comes out line by line. PORT makes `serve` listen beyond the container, and XDG_STATE_HOME
# is the one place that is written to: it may be lost at any time.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000 \
    XDG_STATE_HOME=/state

WORKDIR /app

# Versions and hashes are locked; this layer changes with them alone.
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --no-compile --require-hashes --requirement requirements.txt \
    && mkdir /state \
    && chown 10001:10001 /state

COPY bot bot
COPY templates templates
COPY config/bot.example.yaml config/bot.schema.json config/

USER 10001:10001
EXPOSE 8000

# 200 unless a new process could do better; see docs/operating.md.
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h, os; c = h.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/health'); raise SystemExit(c.getresponse().status != 200)"]

# `serve` works as `worker` does where the environment sets no PUBLIC_URL, and answers the check.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
