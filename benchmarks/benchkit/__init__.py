# SPDX-License-Identifier: Apache-2.0
"""The parts of the end-to-end bench: brokers, measurements, the table."""
