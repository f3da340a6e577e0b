# One image for every stage; docker-compose.yml says which command each container runs.
FROM python:3.11.14-slim-bookworm AS build
RUN python -m venv /opt/jarshy
ENV PATH=/opt/jarshy/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
# The pinned packages first: they change seldom, and this layer is the slow one.
COPY requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md ./
COPY wire wire
COPY collectors collectors
COPY streams streams
COPY alerts alerts
COPY jarshy jarshy
RUN pip install --no-deps .

FROM python:3.11.14-slim-bookworm
# /data is the outbox's place: a new volume takes its owner from here.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jarshy \
    && install -d -o jarshy -g jarshy /data
COPY --from=build /opt/jarshy /opt/jarshy
COPY config /etc/jarshy
ENV PATH=/opt/jarshy/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    JARSHY_CONFIG=/etc/jarshy \
    JARSHY_DATA=/data
USER 10001
WORKDIR /data
CMD ["jarshy", "--help"]
