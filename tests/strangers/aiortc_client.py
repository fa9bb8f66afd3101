"""A client of version 1 on aiortc: says each line of its input, and writes down what it hears.

Its input ends when it shall leave. When the other leaves it begins anew, and waits to be called.
"""

import asyncio
import json
import sys

import websockets
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp


class Client:
    def __init__(self, socket):
        self.socket = socket
        self.lines = asyncio.Queue()
        self.saying = None
        self.begin()

    def begin(self):
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.peer.on("datachannel", self.adopt)

    def adopt(self, channel):
        @channel.on("message")
        def heard(text):
            print(json.dumps({"heard": text}), flush=True)

        if self.saying:
            self.saying.cancel()
        self.saying = asyncio.create_task(self.say(channel))

    async def say(self, channel):
        opened = asyncio.Event()
        channel.on("open", opened.set)
        if channel.readyState != "open":
            await opened.wait()
        while True:
            channel.send(await self.lines.get())

    async def describe(self, description):
        # All candidates are in the description: aiortc gathers them before it gives it away.
        await self.peer.setLocalDescription(description)
        local = self.peer.localDescription
        await self.socket.send(json.dumps({"type": local.type, "sdp": local.sdp}))

    async def offer(self):
        self.adopt(self.peer.createDataChannel("chat"))
        await self.describe(await self.peer.createOffer())

    async def receive(self, message):
        if message["type"] == "leave":
            await self.peer.close()
            self.begin()
        elif message["type"] == "candidate":
            await self.add_candidate(message["candidate"])
        elif message["type"] in ("offer", "answer"):
            await self.peer.setRemoteDescription(
                RTCSessionDescription(message["sdp"], message["type"])
            )
            if message["type"] == "offer":
                await self.describe(await self.peer.createAnswer())

    async def add_candidate(self, told):
        line = told["candidate"]
        if not line:
            return
        candidate = candidate_from_sdp(line.split(":", 1)[1])
        candidate.sdpMid = told["sdpMid"]
        candidate.sdpMLineIndex = told["sdpMLineIndex"]
        await self.peer.addIceCandidate(candidate)

    async def listen(self):
        async for text in self.socket:
            await self.receive(json.loads(text))


async def read_lines(lines):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    async for line in reader:
        lines.put_nowait(line.decode().rstrip("\n"))


async def main(url, role):
    async with websockets.connect(url) as socket:
        client = Client(socket)
        listening = asyncio.create_task(client.listen())
        if role == "offers":
            await client.offer()
        reading = asyncio.create_task(read_lines(client.lines))
        done, _ = await asyncio.wait([listening, reading], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        listening.cancel()
        await socket.send(json.dumps({"type": "leave"}))
        await client.peer.close()


asyncio.run(main(*sys.argv[1:]))
